triage samples/at-sixty --quiet --reg - --undo -
