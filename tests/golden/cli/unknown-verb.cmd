traige x
