decode - < tests/golden/cli/decode-view.txt
