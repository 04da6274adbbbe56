explain V99
