"""A draft, read against the city's set-up: what the pages of the form ask and check."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language

from hopthu.bodies.configuration import Area, Category, Configuration
from hopthu.core.geometry import BadCoordinates, parse_point
from hopthu.public.forms.draft import Draft
from hopthu.reports.intake import Intake, Place, place_of, place_problems
from hopthu.reports.queries import nearby


@dataclass(frozen=True)
class Form:
    draft: Draft
    configuration: Configuration
    at: datetime

    def with_draft(self, draft: Draft) -> "Form":
        return replace(self, draft=draft)

    @cached_property
    def category(self) -> Category | None:
        """The one chosen, while the city still takes reports of it."""
        category = self.configuration.categories.get(self.draft.category)
        return category if category and category.active else None

    @property
    def private(self) -> bool:
        return self.draft.private or bool(self.category and self.category.private)

    def place(self) -> Place:
        """The place as it was typed. Raises BadCoordinates, if the category asks for a point."""
        wants_point = self.category is not None and self.category.place == "point"
        typed = wants_point and (self.draft.lat.strip() or self.draft.lon.strip())
        point = parse_point(self.draft.lat, self.draft.lon) if typed else None
        return Place(point, self.draft.area or None, self.draft.landmark)

    @cached_property
    def kept_place(self) -> Place:
        """The place as it will be kept: rounded, with its ward; nowhere while it does not hold."""
        if self.category is None:
            return Place()
        try:
            place = self.place()
        except BadCoordinates:
            return Place()
        if any(place_problems(place, self.category, self.configuration)):
            return Place()
        return place_of(place, self.category, self.configuration)

    @property
    def area(self) -> Area | None:
        return self.configuration.areas.get(self.kept_place.area or "")

    @cached_property
    def nearby(self) -> list[nearby.Nearby]:
        """What others reported of the same kind close by; nothing for what stays private."""
        point = self.kept_place.point
        if self.category is None or point is None or self.private:
            return []
        return nearby.nearby(point, category_id=self.category.id, at=self.at)

    def intake(self, place: Place) -> Intake:
        """Everything, as `reports.actions.receive` takes it, with the place as it was read."""
        draft = self.draft
        return Intake(
            category=draft.category,
            place=place,
            text=draft.text,
            details={code: list(values) for code, values in draft.answers.items()},
            uploads=draft.uploads,
            private=draft.private,
            concerned=draft.concerned or None,
            email=draft.email,
            phone=draft.phone,
            call_me=draft.call_me,
            language=get_language() or "",
        )
