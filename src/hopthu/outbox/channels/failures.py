"""Why a letter did not go out: the same words for every way.

NotHanded
├── ServerDown     nothing was said about any letter: no connection, no sign-in, no such sender
├── Later          not now
├── Refused        never
└── BrokenOff      the connection ended, or hung, while the letter was on its way
"""


class NotHanded(Exception):
    """No server took the letter; `why` is a number or a word of ours."""

    def __init__(self, why: object) -> None:
        super().__init__(f"{type(self).__name__}: {why}")
        self.why = str(why)


class ServerDown(NotHanded):
    pass


class Later(NotHanded):
    pass


class Refused(NotHanded):
    pass


class BrokenOff(NotHanded):
    pass
