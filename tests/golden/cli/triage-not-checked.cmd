triage samples/mmst-tune samples/dialects/foreign/System.evtx samples/dialects/foreign/logs.cab --server FS01 --quiet 2>&1 | grep -A 5 "recognised but"
