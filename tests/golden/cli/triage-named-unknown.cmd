triage samples/healthy samples/README.md --quiet --text /dev/null
