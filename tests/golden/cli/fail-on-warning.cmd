triage samples/healthy --quiet --text /dev/null --fail-on warning
