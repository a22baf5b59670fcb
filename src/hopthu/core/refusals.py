"""Why a step is refused.

StepRefused
├── NotFromHere        the step does not exist in this status
├── NotForRole         somebody else may take this step
├── NotYourBody        only the body that has the report may take this step
├── ConcernedBody      oversight: the body that the report is about may only answer
├── TooLate            the time for this step is over
├── TooEarly           the time for this step has not come
├── AlreadyUsed        the step may be taken once, and was
├── OwnDecision        whoever hid a report does not decide whether that was right
└── Missing            something that the step requires was not given
"""

from hopthu.core.terms import Need, Status, Step


class StepRefused(Exception):
    """A step that the lifecycle does not allow."""

    def __init__(self, step: Step) -> None:
        super().__init__(f"{type(self).__name__}: {step}")
        self.step = step


class NotFromHere(StepRefused):
    def __init__(self, step: Step, status: Status) -> None:
        super().__init__(step)
        self.status = status


class NotForRole(StepRefused):
    pass


class NotYourBody(StepRefused):
    pass


class ConcernedBody(StepRefused):
    pass


class TooLate(StepRefused):
    pass


class TooEarly(StepRefused):
    pass


class AlreadyUsed(StepRefused):
    pass


class OwnDecision(StepRefused):
    pass


class Missing(StepRefused):
    def __init__(self, step: Step, need: Need) -> None:
        super().__init__(step)
        self.need = need
