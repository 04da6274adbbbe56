triage tests/golden/cli/revert.xml tests/golden/cli/revert.reg --server FS01 --os 5.2.3790 --arch x86 --ram 2G --quiet --reg - --undo tests/golden/cli/none.reg | tr -d '\000\r\377\376'
