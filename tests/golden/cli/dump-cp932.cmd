dump --encoding shift_jis samples/dialects/pages/wevtutil-cp932.xml
