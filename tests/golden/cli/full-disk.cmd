triage samples/healthy --quiet --text - >/dev/full
