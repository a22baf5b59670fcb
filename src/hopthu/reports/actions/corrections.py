"""What a report says of itself, put right by the city: of what kind it is, and where."""

from hopthu.bodies.configuration import Category
from hopthu.core.geometry import cell
from hopthu.core.terms import Need
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.actions.moves import Change, Move, placed
from hopthu.reports.models import Report
from hopthu.reports.promises import promises
from hopthu.reports.search_text import search_text
from hopthu.reports.values import ANSWERS_WITHHELD, PLACE


def recategorise(move: Move, result: Change) -> None:
    if move.given.category == move.category_code:
        raise BadGiven(Need.CATEGORY, "same")
    category = move.setup.categories[move.given.category]
    again = promises(move.setup, category, move.report.received_at)
    result.fields.update(category_id=category.id, resolve_by=again.resolve_by)
    if category.private:
        result.fields["private"] = True
        if not move.report.is_hidden:
            result.fields["visibility"] = Report.Visibility.PRIVATE
    result.data.update({"from": move.category_code, "to": category.code})
    _carry_over(move, category, result)


def _carry_over(move: Move, category: Category, result: Change) -> None:
    """An answer that was not for everybody is none to another category's question."""
    report, code = move.report, move.category_code
    asked = {question.code for question in category.questions}
    renamed = {key: f"{code}.{key}" for key in report.withheld if key in asked}
    if renamed:
        result.fields["details"] = {
            renamed.get(key, key): answer for key, answer in report.details.items()
        }
        result.fields["withheld"] = [renamed.get(key, key) for key in report.withheld]
        result.again.add(ANSWERS_WITHHELD)


def relocate(move: Move, result: Change) -> None:
    place = placed(move)
    point = place.point
    result.fields.update(
        area_id=move.setup.areas[place.area].id if place.area else None,
        landmark=place.landmark,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        cell=cell(point) if point else None,
        search_text=search_text(
            number=move.report.number, text=move.report.text, landmark=place.landmark
        ),
    )
    result.data.update({"from": move.area_code, "to": place.area})
    result.again.add(PLACE)
