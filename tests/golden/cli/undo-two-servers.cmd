triage samples/healthy samples/mmst-tune --quiet --undo /dev/null
