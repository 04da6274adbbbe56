triage samples/healthy --paged-pool-max 343
