"""What is erased while a city is served is gone from its files seconds later, by itself."""

import json
import time
from http.client import HTTPConnection

import pytest

from tests.live import Server
from tests.reports import traces

pytestmark = pytest.mark.server
PATIENCE = 30
"""Seconds for a busy machine."""

PLANT = """
import json, sys
words = json.load(sys.stdin)
mai = make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))
report = make_report(text=words, landmark=words)
take(report, Step.ADD_WORDS, words=words)
print(report.number)
"""
TAKE_AWAY = """
import json, sys
from hopthu.people.models import Staff
number, words = json.load(sys.stdin)
mai, report = Staff.objects.get(username="mai"), Report.objects.get(number=number)
take(report, Step.REDACT, mai, passage=words, words="Tên người.")
erase(report, mai)
"""
OUTSTANDING = "from hopthu.reports.residue import outstanding; print(outstanding())"


def test_the_work_of_a_served_city_clears_its_files(server: Server) -> None:
    if server.database_url:
        pytest.skip("on PostgreSQL it is done at night")
    words = traces.sentinel()
    server.options = ("--workers", "2")
    server.start()
    number = server.do(PLANT, given=json.dumps(words)).strip()
    assert words in page(server, number)
    assert traces.found(traces.forms(words), data=server.data)

    server.do(TAKE_AWAY, given=json.dumps([number, words]))
    assert words not in page(server, number)
    end = time.monotonic() + PATIENCE
    while server.do(OUTSTANDING).strip() != "0":
        assert time.monotonic() < end, server.output
        time.sleep(0.5)

    assert traces.found(traces.forms(words), data=server.data) == []


def page(server: Server, number: str) -> str:
    connection = HTTPConnection("localhost", server.port, timeout=30)
    try:
        connection.request("GET", f"/reports/{number[:4]}-{number[4:]}")
        return connection.getresponse().read().decode()
    finally:
        connection.close()
