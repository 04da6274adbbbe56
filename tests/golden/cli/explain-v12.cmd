explain pt-v12
