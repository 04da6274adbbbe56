triage samples/mmst-tune/*.xml samples/mmst-tune/*.txt --server FS01 --quiet --reg - --undo tests/golden/cli/none.reg
