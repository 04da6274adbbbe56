triage samples/healthy --utc-offset 5
