"""A report with the same words everywhere where somebody may write them."""

from hopthu.bodies.actions import put_category
from hopthu.core.terms import Step
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.reports.actions import write_note
from hopthu.reports.actions.photos import add_upload, publish_photo
from hopthu.reports.models import Report
from tests import makers
from tests.makers import MONDAY, take
from tests.reports.photos.pictures import noise_jpeg


def make_city() -> None:
    """That of `tests.makers`, with questions: one for everybody, one for the body alone."""
    makers.make_city()
    put_category(
        "lamp",
        group="street",
        name=makers.name("Đèn đường"),
        questions=[
            {"code": "pole", "prompt": makers.name("Trụ"), "datatype": "string"},
            {"code": "key", "prompt": makers.name("Ai"), "datatype": "string", "public": False},
        ],
    )


def full_of(words: str, moderator: Staff) -> Report:
    """A report with `words` everywhere where somebody may write them."""
    officer = makers.make_officer()
    upload = add_upload(noise_jpeg(), at=MONDAY)
    report = makers.make_report(
        text=f"Đèn hư. {words}!",
        landmark=words,
        details={"pole": f"trụ {words}", "key": words},
        uploads=(upload.token,),
    )
    publish_photo(report.photos.get(), actor=actor(moderator), at=MONDAY)
    take(report, Step.ADD_WORDS, words=f"Nhớ là {words}.")
    take(report, Step.ANSWER, officer, words=f"Chúng tôi sẽ gặp {words}.")
    write_note(report, text=f"Gọi {words} trước.", actor=actor(officer), at=MONDAY)
    return report
