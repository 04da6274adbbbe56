triage --htlm x samples
