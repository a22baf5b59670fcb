"""Which category an earlier system's service becomes."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from django.utils.text import slugify

from hopthu.bodies import actions
from hopthu.bodies.configuration import Category, Configuration
from hopthu.bodies.queries import configuration
from hopthu.bodies.translated import Translated
from hopthu.bodies.words import check_wording
from hopthu.core.deadlines import Promise, Unit
from hopthu.core.georeport import BadRow, SourceReport
from hopthu.core.refused_words import RefusedWord

GROUP = "imported"
GROUP_NAME = {"vi": "Từ hệ thống trước", "en": "Imported", "km": "ពីប្រព័ន្ធមុន"}
MOST = 200
"""New categories of one import; a file with more has no services in that field."""


class BadMapping(SystemExit):
    """The file of `--categories` cannot be used; the message says why."""


class Services:
    """Finds the category of a row: by the mapping, by its own code, or by making a new one.

    A dry run (`pretend`) makes its new categories in memory alone.
    """

    def __init__(self, mapping: Mapping[str, str], *, create: bool, pretend: bool) -> None:
        self.setup: Configuration = configuration()
        self.unknown: Counter[tuple[str, str]] = Counter()
        """Code and name of services without a category → rows that name them."""
        self.made: dict[str, str] = {}
        """Code → name of the categories that are new."""
        self._known = dict(self.setup.categories)
        self._mapping = mapping
        self._create = create
        self._pretend = pretend

    def category(self, source: SourceReport) -> Category:
        """Raises `BadRow`."""
        service = source.service_code or source.service_name
        if not service:
            raise BadRow("service_code: missing")
        named = self._mapping.get(service, service)
        known = self._known.get(named) or self._known.get(code_for(service))
        if known is not None:
            return known
        if not self._create:
            self.unknown[service, source.service_name] += 1
            raise BadRow("service_code: no such category")
        if len(self.made) >= MOST:
            raise BadRow(f"service_code: more than {MOST} new categories")
        name = source.service_name or service
        try:
            check_wording({"name": Translated(vi=name)})
        except RefusedWord as error:
            raise BadRow(f"service_name: no category about that ({error})") from error
        return self._make(code_for(service), name)

    def _make(self, code: str, name: str) -> Category:
        self.made[code] = name
        self._known[code] = _imagined(code, name) if self._pretend else self._put(code, name)
        return self._known[code]

    def _put(self, code: str, name: str) -> Category:
        actions.put_group(GROUP, name=Translated(GROUP_NAME), icon="paper", position=999)
        actions.put_category(code, group=GROUP, name=Translated(vi=name, en=name))
        self.setup = configuration()
        return self.setup.categories[code]


def code_for(service: str) -> str:
    """The code of the category that is made for a service, always the same for the same one.

    >>> code_for("4f38920fe75084437f0001a0")
    '4f38920fe75084437f0001a0'
    >>> code_for("Đèn đường")
    'en-uong-5a5cc2d5'
    """
    slug = slugify(service)
    if slug == service and len(slug) <= 64:
        return slug
    digest = hashlib.sha256(service.encode()).hexdigest()[:8]
    return f"{slug[:50].strip('-_')}-{digest}".lstrip("-")


def read_mapping(path: str, setup: Configuration) -> dict[str, str]:
    """A JSON object: service code → category code. Raises `BadMapping`."""
    try:
        mapping = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadMapping(f"hopthu: {path}: {error}") from error
    if not isinstance(mapping, dict):
        raise BadMapping(f"hopthu: {path}: not an object of service code: category code")
    unknown = sorted({str(code) for code in mapping.values()} - set(setup.categories))
    if unknown:
        raise BadMapping(f"hopthu: {path}: no such category: {', '.join(unknown)}")
    return {str(service): str(code) for service, code in mapping.items()}


def _imagined(code: str, name: str) -> Category:
    """A category as `put_category` would make it: public, at a point."""
    return Category(
        id=0,
        code=code,
        group=GROUP,
        name=Translated(vi=name),
        description=Translated(),
        icon="paper",
        place="point",
        private=False,
        oversight=False,
        danger=False,
        legal_notice=False,
        active=True,
        acknowledge_within=Promise(2, Unit.WORKING_DAYS),
        resolve_within=Promise(10, Unit.WORKING_DAYS),
        questions=(),
    )
