decode < tests/golden/cli/decode-bytes.txt
