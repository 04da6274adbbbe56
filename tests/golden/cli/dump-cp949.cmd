dump --encoding cp949 samples/dialects/pages/wevtutil-cp949.xml
