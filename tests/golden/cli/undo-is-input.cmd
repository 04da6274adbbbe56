triage samples/at-sixty/memory-management.reg --undo samples/at-sixty/memory-management.reg
