decode what is this
