triage samples/healthy --store x.db --html ./x.db
