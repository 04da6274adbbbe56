explain CM31
