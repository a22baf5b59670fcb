"""The page of whoever holds a follow-up code: opening it, what it shows, what can be done there."""
