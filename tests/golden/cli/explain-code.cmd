explain MMST-tune
