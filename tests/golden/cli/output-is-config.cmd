triage samples/healthy --config tests/golden/cli/config-near.conf --text tests/golden/cli/config-near.conf
