"""Photos that wait for their form: only who knows a token can ask for one."""

from collections.abc import Sequence
from datetime import datetime

from hopthu.reports.actions.photos import UPLOAD_LIFE, plain
from hopthu.reports.models import Photo


def living_uploads(tokens: Sequence[str], *, at: datetime) -> list[Photo]:
    """Those of `tokens` that a form can still attach, in the order of the tokens."""
    found = Photo.objects.filter(
        token__in=plain(tokens), report=None, created_at__gt=at - UPLOAD_LIFE
    )
    by_token = {photo.token: photo for photo in found}
    return [by_token[token] for token in dict.fromkeys(tokens) if token in by_token]
