"""How much anybody may send at once, the same through every door."""

MAX_TEXT = 4_000
"""Characters of one text: a report, an answer, a reply."""
MAX_CALL_WORDS = 300
"""Of an officer: why whoever sent a report is to be called."""
MAX_LANDMARK = 200
MAX_PHOTOS = 5
MAX_PHOTO_BYTES = 20 * 1024 * 1024
MAX_PHOTO_PIXELS = 40_000_000
