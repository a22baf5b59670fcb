"""Why something that an operator asked of the record is not done.

NotDone
├ NotOurs, NoWitness, Differs                         (comparing)
├ ChangeUnderWay, NothingToRetire, NotPublishedYet    (rotation)
└ NothingLost, SameName                               (new_log)
"""


class NotDone(Exception):
    """Nothing was changed; the message says why, for the operator."""
