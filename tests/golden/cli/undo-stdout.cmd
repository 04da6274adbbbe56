triage samples/at-sixty --quiet --undo - | tr -d '\000\r\377\376'
