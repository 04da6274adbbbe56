triage samples/mmst-tune --config tests/golden/cli/config-wrong.conf
