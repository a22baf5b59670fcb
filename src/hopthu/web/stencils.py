"""Pages that differ by a few words alone: written once with holes, and filled for each reader.

Filling a page costs a hundredth of rendering it.
"""

import re
import secrets
from collections.abc import Hashable, Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from hopthu.bodies.queries import configuration
from hopthu.web.kept import once


def fill(
    request: HttpRequest, template: str, same: Mapping[str, Hashable], words: Mapping[str, str]
) -> str:
    """The page of `template` with both in its context.

    `same` chooses the stencil: few values, which the template may look at. `words` are filled in,
    escaped as a template would: it may only put them where they stand, and not filter them.
    """
    key = (template, get_language(), request.get_full_path(), tuple(same.items()))
    city = configuration().city
    stencil = once(city, key, lambda: _cut(request, template, same, words))
    parts = list(stencil)
    for place in range(1, len(parts), 2):
        parts[place] = conditional_escape(words[parts[place]])
    return "".join(parts)


def _cut(
    request: HttpRequest, template: str, same: Mapping[str, Hashable], words: Mapping[str, str]
) -> tuple[str, ...]:
    """What stays, and in between, at each odd place, the name of what is filled in there."""
    unique = f"hole{secrets.token_hex(16)}"
    holes = {name: f"{unique}{place}end" for place, name in enumerate(words)}
    names = {hole: name for name, hole in holes.items()}
    page = render_to_string(template, {**same, **holes}, request)
    parts = re.split(f"({unique}[0-9]+end)", page)
    return tuple(names.get(part, part) for part in parts)
