"""Every page for everybody: axe-core (WCAG 2.2 A and AA), a keyboard alone, 200 % zoom."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hopthu.core.codes import parse_number
from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_whole_story import follow
from tests.live import Cities, Server
from tests.makers import PASSWORD

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PUBLIC = [
    "/",
    "/reports",
    "/reports?category=lamp&status=open&q=%C4%91%C3%A8n",
    "/reports/{open}",
    "/reports/{solved}",
    "/reports/{hidden}",
    "/reports/{private}",
    "/reports/00000000",
    "/areas",
    "/areas/east",
    "/principles",
    "/record",
    "/record/check",
    "/report/new",
    "/report/new?category=wires",
    "/follow",
]
BEFORE_SIGNING_IN = [
    "/desk/sign-in/passkey",
    "/desk/invitation/opensonce",
    "/desk/invitation/unknown",
]
DESK = [
    "/desk/sign-in",
    "/desk/",
    "/desk/?status=closed",
    "/desk/reports/{open}",
    "/desk/reports/{solved}",
    "/desk/reports/{open}/call",
    "/desk/new",
    "/desk/photos",
    "/desk/your-sign-in",
    "/desk/your-sign-in/app",
    "/desk/your-sign-in/passkey",
    "/desk/invitations",
]
STORY = """
import json
from datetime import UTC
from hopthu.core.sealing import Reachable
from hopthu.core.terms import Role, Step
from hopthu.people import invitations
an = make_officer("lan")
roles = (Role.MODERATOR, None), (Role.DISPATCHER, None), (Role.OFFICER, "works")
mod = make_staff("mai", *roles, (Role.ADMINISTRATOR, None))
who = Reachable("chi@example.vn", "vi")
row = invitations.keep(who, username="chi", role=Role.EDITOR, body_id=None, at=datetime.now(UTC))
invitations.offer(row, "opensonce", at=datetime.now(UTC))
received = send_report(
    text="Đèn trước cổng trường tắt đã ba đêm.", phone="0912345678", call_me=True
)
open_ = received.report
take(open_, Step.ACCEPT, an)
take(open_, Step.ASK, an, words="Trụ số mấy?")
solved = make_report(text="Đèn hẻm 5 chớp tắt.")
take(solved, Step.RESOLVE, an, outcome="done", words="Đã thay bóng.")
hidden = make_report(text="Mua ngay kẻo hết!")
take(hidden, Step.HIDE, mod, reason="advertising", words="Quảng cáo.")
private = make_report(private=True)
print(json.dumps({"open": open_.number, "solved": solved.number, "hidden": hidden.number,
    "private": private.number, "code": received.follow_code,
    "recovery_codes": " ".join(give_app(mod).recovery_codes)}))
"""


class Town:
    """A served city with a report of each kind."""

    def __init__(self, server: Server) -> None:
        self.url = server.url
        self.facts: dict[str, str] = json.loads(server.do(STORY))
        self.recovery_codes = self.facts["recovery_codes"].split()

    def address(self, path: str) -> str:
        return self.url + path.format(**self.facts)


@pytest.fixture(scope="module")
def town(cities: Cities) -> Iterator[Town]:
    server = cities.another()
    server.start()
    yield Town(server)
    server.kill()


def sign_in(page: Page, town: Town) -> list[str]:
    """Gives what is at fault with the page in between."""
    page.goto(town.address("/desk/sign-in"))
    page.fill("[name=username]", "mai")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").click()
    page.fill("[name=code]", town.recovery_codes.pop())
    found = faults(page)
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")
    return found


def faults(page: Page) -> list[str]:
    """What axe finds, with the pages' scripts at rest."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    return [
        f"{page.url}: {fault['id']}: {node['html'][:200]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("language", ["vi", "km"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(town: Town, open_page: OpenPage, scheme: str, language: str) -> None:
    phone = open_page(**PHONE, color_scheme=scheme, locale=language)
    desk = open_page(**DESKTOP, color_scheme=scheme, locale=language)
    found = []

    for path in PUBLIC:
        phone.goto(town.address(path))
        found += faults(phone)
    follow(phone, town.url, town.facts["open"], town.facts["code"])
    found += faults(phone)
    desk.goto(town.address("/desk/sign-in"))
    found += faults(desk)
    for path in BEFORE_SIGNING_IN:
        desk.goto(town.address(path))
        found += faults(desk)
    found += sign_in(desk, town)
    for path in DESK[1:]:
        desk.goto(town.address(path))
        found += faults(desk)

    assert found == []


@pytest.mark.parametrize("path", PUBLIC)
def test_on_320_px_nothing_is_pushed_out_sideways(
    town: Town, open_page: OpenPage, path: str
) -> None:
    """A window of 640 px at 200 %, or of 1280 px at 400 % (WCAG 1.4.4, 1.4.10)."""
    for language in ("vi", "km"):
        narrow = open_page(viewport={"width": 320, "height": 640}, locale=language)
        narrow.goto(town.address(path))
        wide = narrow.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} in {language}"


def test_a_report_is_sent_with_the_keyboard_alone(town: Town, desktop: Page) -> None:
    # Given the front page, with nothing but a keyboard
    desktop.goto(town.url)
    keys = desktop.keyboard

    # When somebody walks to the form, and through it
    reach(desktop, "a[href*='/report/new']")
    keys.press("Enter")
    desktop.wait_for_url("**/report/new*")
    reach(desktop, "input[name=category]")
    keys.press("Space")
    keys.press("Enter")
    desktop.locator("[name=landmark]").wait_for()
    reach(desktop, "select[name=area]")
    keys.press("ArrowDown")
    reach(desktop, "[name=landmark]")
    keys.type("Cổng chợ")
    keys.press("Enter")
    desktop.locator("textarea[name=text]").wait_for()
    reach(desktop, "textarea[name=text]")
    keys.type("Đèn cổng chợ tắt.")
    reach(desktop, "#form .button-big")
    keys.press("Enter")
    desktop.locator("dl.summary").wait_for()
    reach(desktop, "#form .button-big")
    keys.press("Enter")

    # Then the number and the code are there
    number = desktop.locator("#report-id").inner_text()
    assert parse_number(number)


def reach(page: Page, selector: str, *, within: int = 60) -> None:
    """Press Tab until the focus stands on something that fits."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            outline = page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle + "
                "getComputedStyle(document.activeElement).boxShadow"
            )
            assert outline != "nonenone" or selector.startswith("input"), selector
            return
    raise AssertionError(f"no way to {selector} by Tab")
