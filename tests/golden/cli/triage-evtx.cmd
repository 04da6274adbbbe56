triage samples/dialects/foreign/System.evtx
