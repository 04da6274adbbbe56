triage samples/healthy --encoding klingon
