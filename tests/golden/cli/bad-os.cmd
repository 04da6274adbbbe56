triage samples/healthy --os Linux
