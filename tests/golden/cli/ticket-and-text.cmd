triage samples/healthy --ticket --text -
