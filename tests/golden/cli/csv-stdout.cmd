triage samples/healthy --csv -
