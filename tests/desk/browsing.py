"""A browser at the desk, and what to look for on the page that it got."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopthu.desk import session
from hopthu.people.models import Staff
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo, Report
from tests.makers import IN_EAST, MONDAY, make_report
from tests.reports.photos.pictures import jpeg


class Browser(Client):
    """Django's test client; what comes back may be a page, a redirect or a picture."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> Any:
        return super().post(*args, **kwargs)


def english(**options: Any) -> Browser:
    """A browser that reads English and is not signed in."""
    client = Browser(**options)
    client.cookies["lang"] = "en"
    return client


def sign_in(staff: Staff, **options: Any) -> Browser:
    """As somebody who came in with two steps, which every role may do."""
    client = english(**options)
    come_in(client, staff)
    return client


def come_in(client: Client, staff: Staff) -> None:
    staff.refresh_from_db()
    client.force_login(staff)
    kept = client.session
    kept[session._SECOND] = MONDAY.isoformat()
    kept.save()


def page(response: Any) -> str:
    """The text of a page, without its tags, in one line."""
    text = re.sub(r"<(script|template).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def html(response: Any) -> str:
    text: str = response.content.decode()
    return text


def offered(response: Any) -> set[str]:
    """The steps that a report page has a form for."""
    return set(re.findall(r"/desk/reports/\w+/(\w+)#what-to-do", response.content.decode()))


def field(response: Any, html_id: str) -> str:
    """The element with that id, whole: an input, a select or a textarea with what is in it."""
    whole = rf'<(select|textarea|fieldset)[^>]*\bid="{html_id}".*?</\1>'
    found = re.search(
        rf'{whole}|<input[^>]*\bid="{html_id}"[^>]*>', response.content.decode(), flags=re.S
    )
    assert found, f"no field {html_id}"
    return found.group(0)


def report_with_photo(category: str = "lamp", **more: Any) -> tuple[Report, Photo]:
    """A report with one photo, which nobody has looked at yet."""
    upload = add_upload(jpeg(), at=MONDAY)
    report = make_report(category, point=IN_EAST, uploads=(upload.token,), **more)
    upload.refresh_from_db()
    return report, upload


def queries_of(client: Browser, path: str) -> int:
    """How many queries the page takes, once everything that is kept is kept."""
    client.get(path)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(path).status_code == 200
    return len(taken)
