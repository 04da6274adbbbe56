triage samples/README.md
