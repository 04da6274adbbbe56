triage samples/healthy --quiet --reg tests/golden/cli/none.reg
