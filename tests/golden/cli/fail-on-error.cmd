triage samples/mmst-tune --quiet --text /dev/null --fail-on error
