triage samples/healthy --quiet --csv README.md/tables
