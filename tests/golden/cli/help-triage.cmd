help triage
