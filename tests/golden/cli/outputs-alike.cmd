triage samples/healthy --html x.html --json ./x.html
