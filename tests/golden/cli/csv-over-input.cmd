triage samples/dialects/events/plaso.csv --csv samples/dialects/events
