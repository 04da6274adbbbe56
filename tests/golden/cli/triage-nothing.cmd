triage
