dump --encoding cp850 samples/dialects/pages/systeminfo-cp850.txt
