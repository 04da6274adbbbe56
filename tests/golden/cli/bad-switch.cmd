triage samples/healthy --switch 3GB
