triage samples/healthy --text - --html -
