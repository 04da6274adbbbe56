dump samples/README.md
