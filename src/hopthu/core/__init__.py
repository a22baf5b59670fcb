"""Rules about the world, in plain Python: no Django, clock, network or database."""
