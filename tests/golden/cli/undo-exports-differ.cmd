triage samples/mmst-tune samples/at-sixty/memory-management.reg --server FS01 --quiet --undo tests/golden/cli/none.reg
