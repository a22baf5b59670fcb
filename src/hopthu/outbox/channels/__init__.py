"""The ways out of the city."""
