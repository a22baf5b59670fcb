"""Hopthu: the public mailbox of a city."""
