triage samples/no-such-file
