"""Why something that the operator asked for was not done.

Refused   the message is the one line that they read
"""


class Refused(Exception):
    """Nothing was changed; the message says why, and what to do."""
