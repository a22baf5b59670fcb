"""The forms of the desk: what each asks, what was typed, and what is wrong with it."""
