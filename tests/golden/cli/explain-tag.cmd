explain MmSt
