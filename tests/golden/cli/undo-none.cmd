triage samples/healthy --quiet --undo tests/golden/cli/none.reg
