triage samples/healthy --csv samples/../samples/healthy/
