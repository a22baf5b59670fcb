"""The pages of `/report/new` as plain classes: what each asks, and what is wrong with it."""
