triage samples/healthy --quiet --text /nonexistent-folder/x
