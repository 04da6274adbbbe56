explain C01 --config tests/golden/cli/config-near.conf
