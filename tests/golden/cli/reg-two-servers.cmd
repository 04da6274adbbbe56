triage samples/healthy samples/mmst-tune --quiet --reg /dev/null
