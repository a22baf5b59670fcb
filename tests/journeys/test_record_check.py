"""A receipt and a proof, checked by the browser of whoever holds them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from hopthu.core.signed_notes import CosigningKey, Signature
from hopthu.core.tlog_proofs import parse_receipt
from tests.browser import PHONE, OpenPage
from tests.journeys.broken_files import BROKEN, Break, another_log
from tests.live import Cities, Server

WORDS = "Đèn trước cổng trường tắt đã ba đêm."
GENUINE = "This receipt is genuine: the entry is in the public record"
STORY = f"""
import json
from hopthu.core.terms import Role, Step
from hopthu.public.proof import proof
from hopthu.record import sequencer
mod = make_staff("mai", (Role.MODERATOR, None))
first = send_report(text="{WORDS}").report
waiting = proof(first)
take(first, Step.ADD_WORDS, words="Nay đã bốn đêm.")
hidden = take(first, Step.HIDE, mod, reason="advertising", words="Quảng cáo.")
sequencer.run(MONDAY)
print(json.dumps({{"number": first.number, "waiting": waiting, "proof": proof(hidden)}}))
"""
NO_ED25519 = """
const { importKey } = crypto.subtle;
crypto.subtle.importKey = function (...given) {
  if (given[2] === "Ed25519") throw new DOMException("unknown", "NotSupportedError");
  return importKey.apply(this, given);
};
"""
NO_SUBTLE = 'Object.defineProperty(crypto, "subtle", { value: undefined });'
COUNTING = """
window.verified = 0;
const { verify } = crypto.subtle;
crypto.subtle.verify = function (...given) {
  window.verified += 1;
  return verify.apply(this, given);
};
"""


# The page is there, and its modules have not run yet.
KNOWN_WITNESS = """
document.addEventListener("readystatechange", () => {
  document.querySelector("hopthu-check").dataset.witnesses = %s;
}, { once: true });
"""


class Town:
    """A served city with a report that was hidden, its receipt, and the sender's proofs of it."""

    def __init__(self, server: Server) -> None:
        self.url = server.url
        told: dict[str, str] = json.loads(server.do(STORY))
        self.proof, self.waiting = told["proof"], told["waiting"]
        self.number = f"{told['number'][:4]}-{told['number'][4:]}"
        with urlopen(f"{self.url}/reports/{self.number}/receipt.tlog-proof") as answer:
            self.receipt: str = answer.read().decode()


@pytest.fixture(scope="module")
def town(cities: Cities) -> Iterator[Town]:
    server = cities.another()
    server.start()
    yield Town(server)
    server.kill()


class Checker:
    """The page, opened, with what a reader does there."""

    def __init__(self, page: Page, town: Town) -> None:
        self.page = page
        page.goto(f"{town.url}/record/check")
        page.locator("hopthu-check[data-ready]").wait_for()

    def choose(self, content: str | bytes, name: str = "receipt.tlog-proof") -> None:
        data = content.encode() if isinstance(content, str) else content
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.locator("#file").set_input_files(file)

    def says(self, title: str) -> None:
        expect(self.page.locator(".verdict h2")).to_have_text(title)


OpenChecker = Callable[..., Checker]


@pytest.fixture
def checker(town: Town, open_page: OpenPage) -> OpenChecker:
    def opened(*, script: str = "", **options: Any) -> Checker:
        page = open_page(**{**PHONE, "locale": "en", **options})
        if script:
            page.add_init_script(script)
        return Checker(page, town)

    return opened


@pytest.mark.parametrize(
    ("script", "by_the_browser"),
    [(COUNTING, True), (COUNTING + NO_ED25519, False), (NO_SUBTLE, False)],
    ids=["WebCrypto", "noble-ed25519", "no WebCrypto at all"],
)
def test_a_receipt_is_verified_by_whatever_the_phone_has(
    town: Town, checker: OpenChecker, script: str, by_the_browser: bool
) -> None:
    phone = checker(script=script)

    phone.choose(town.receipt)

    phone.says(GENUINE)
    expect(phone.page.locator(".verdict")).to_contain_text(town.number)
    expect(phone.page.locator(".verdict")).to_contain_text("Đèn đường (en)")
    expect(phone.page.locator("[role=status]")).to_contain_text(GENUINE)
    assert bool(phone.page.evaluate("window.verified")) is by_the_browser


@pytest.mark.parametrize("script", ["", NO_ED25519, NO_SUBTLE], ids=["WebCrypto", "noble", "none"])
def test_a_forged_signature_passes_nowhere(town: Town, checker: OpenChecker, script: str) -> None:
    phone = checker(script=script)
    receipt = parse_receipt(town.receipt)
    (signed,) = receipt.note.signatures
    forged = signed.bytes[:-1] + bytes([signed.bytes[-1] ^ 1])

    phone.choose(
        town.receipt.replace(str(signed), str(Signature(signed.name, signed.key_id, forged)))
    )

    phone.says("The signature of localhost/record does not fit")


@pytest.mark.parametrize(
    ("cosigned", "told"),
    [
        ("this checkpoint", "paper.example/witness, 15 November 2023 at 05:13"),
        ("another one", "No outside witness that this page knows has signed it as well."),
    ],
)
def test_a_witness_is_named_if_it_cosigned_this_checkpoint(
    town: Town, checker: OpenChecker, cosigned: str, told: str
) -> None:
    witness = CosigningKey("paper.example/witness", b"w" * 32)
    text = parse_receipt(town.receipt).note.text
    signed = text if cosigned == "this checkpoint" else text.replace("/record", "/other")
    cosignature = witness.cosign(signed, timestamp=1_700_000_000)
    phone = checker(script=KNOWN_WITNESS % json.dumps(str(witness.verifier)))

    phone.choose(f"{town.receipt}{cosignature}\n")

    phone.says(GENUINE)
    expect(phone.page.locator(".verdict")).to_contain_text(told)


def test_a_proof_shows_the_words_after_the_city_hid_them(town: Town, checker: OpenChecker) -> None:
    phone = checker()

    phone.choose(town.proof, "proof.json")

    phone.says("This proof is genuine: all of it is in the public record")
    verdict = phone.page.locator(".verdict")
    expect(verdict).to_contain_text(WORDS)
    expect(verdict.locator(".verdict-steps > li")).to_have_count(3)
    expect(verdict.locator(".verdict-steps")).to_contain_text("Nay đã bốn đêm.")
    expect(verdict.locator(".verdict-steps")).to_contain_text("16 November 2026 at 09:00")
    expect(verdict.locator(".verdict-steps")).to_contain_text("Hidden from the public")


def test_a_promise_is_told_as_one_and_when_it_is_over(town: Town, checker: OpenChecker) -> None:
    phone = checker()
    before = checker(script="Date.now = () => Date.UTC(2026, 10, 16, 3);")

    phone.choose(town.waiting, "proof.json")
    before.choose(town.waiting, "proof.json")

    phone.says("The day that the city promised is over")
    before.says("The city has promised to put this into the public record")
    expect(before.page.locator(".verdict")).to_contain_text(WORDS)


@pytest.mark.parametrize(("title", "broken"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_by_its_name(
    town: Town, checker: OpenChecker, title: str, broken: Break
) -> None:
    phone = checker()

    phone.choose(broken(town))

    phone.says(title)
    expect(phone.page.locator(".verdict-bad .verdict-label")).to_contain_text("Not to be relied on")


def test_a_receipt_of_another_log_with_the_key_that_it_takes(
    town: Town, checker: OpenChecker
) -> None:
    phone = checker()
    receipt, vkey = another_log(town.receipt, "elsewhere.example/record")
    phone.choose(receipt)
    phone.says("This is from another record: elsewhere.example/record")

    phone.page.locator("#vkey").fill("elsewhere.example/record+00000000+AAAA")
    phone.page.get_by_role("button", name="Check with this key").click()
    expect(phone.page.locator("#vkey-error")).to_be_visible()
    phone.page.locator("#vkey").fill(vkey)
    phone.page.get_by_role("button", name="Check with this key").click()

    phone.says(GENUINE)
    expect(phone.page.locator(".verdict")).to_contain_text("elsewhere.example/record")


def test_nothing_is_sent_and_the_network_may_be_gone(town: Town, checker: OpenChecker) -> None:
    phone = checker()
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.context.set_offline(True)

    phone.choose(town.proof, "proof.json")
    phone.says("This proof is genuine: all of it is in the public record")
    phone.choose(town.receipt)
    phone.says(GENUINE)

    assert asked == []


def test_dropped_on_the_page(town: Town, checker: OpenChecker) -> None:
    desk = checker(viewport={"width": 1280, "height": 800}, is_mobile=False)
    brought = desk.page.evaluate_handle(
        """text => {
          const brought = new DataTransfer();
          brought.items.add(new File([text], "receipt.tlog-proof"));
          return brought;
        }""",
        town.receipt,
    )

    desk.page.dispatch_event("[data-drop]", "drop", {"dataTransfer": brought})

    desk.says(GENUINE)


def test_pasted_with_the_keyboard_alone(town: Town, checker: OpenChecker) -> None:
    desk = checker(viewport={"width": 1280, "height": 800}, is_mobile=False)
    keys = desk.page.keyboard

    tab_to(desk.page, "#file")
    tab_to(desk.page, "summary")
    keys.press("Enter")
    tab_to(desk.page, "#pasted")
    # As a messenger may have changed it: other ends of lines, spaces around.
    keys.insert_text("\n " + town.receipt.replace("\n", "\r\n").strip() + "  ")
    tab_to(desk.page, "form[data-paste] button")
    keys.press("Enter")

    desk.says(GENUINE)
    tab_to(desk.page, ".verdict summary")
    keys.press("Enter")
    expect(desk.page.locator(".verdict-entry")).to_contain_text('"type": "received"')


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way to {selector} by Tab")


def test_without_javascript_it_says_how_to_check(town: Town, open_page: OpenPage) -> None:
    page = open_page(**PHONE, locale="en", java_script_enabled=False)

    page.goto(f"{town.url}/record/check")

    expect(page.get_by_text(f"hopthu verify {town.url}/record --receipt")).to_be_visible()
    expect(page.locator("#file")).to_be_hidden()


def test_from_the_form_to_the_record(town: Town, open_page: OpenPage, tmp_path: Path) -> None:
    # Given somebody who sends a report, and keeps the promise from the last page
    page = open_page(**PHONE, locale="en")
    page.goto(f"{town.url}/report/new?category=papers")
    page.locator("#form .buttons button").last.click()  # has read about the law
    page.locator("#text").fill("Quầy số 3 đóng cửa sớm.")
    page.locator("#form .buttons button").last.click()
    page.locator(".summary").wait_for()
    page.locator("#form .buttons button").last.click()
    page.locator("#report-id").wait_for()
    promise = download(page, "a[href^='data:']", tmp_path)

    # When they keep the proof, once the record has it
    page.locator("a[href^='/follow#']").click()
    page.locator("#proof").wait_for()
    page.wait_for_timeout(1500)
    proof = download(page, "a[href='/follow/proof.json']", tmp_path)

    # Then their own phone reads both
    phone = Checker(page, town)
    phone.choose(promise, "proof.json")
    phone.says("The city has promised to put this into the public record")
    phone.choose(proof, "proof.json")
    phone.says("This proof is genuine: all of it is in the public record")
    expect(page.locator(".verdict")).to_contain_text("Quầy số 3 đóng cửa sớm.")


def download(page: Page, link: str, folder: Path) -> str:
    with page.expect_download() as coming:
        page.locator(link).click()
    path = folder / "kept.json"
    coming.value.save_as(path)
    return path.read_text()
