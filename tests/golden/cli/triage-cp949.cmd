triage samples/dialects/pages/wevtutil-cp949.xml --encoding cp949 --text - 2>&1 | grep cp949
