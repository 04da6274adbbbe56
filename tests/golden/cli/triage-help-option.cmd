triage --help
