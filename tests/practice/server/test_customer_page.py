"""A person plays the customer in a real browser, and an agent answers over the desk's sockets."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from practice.scenario.model import Hours, Queue
from tests.practice.server.browser import PATIENCE, Browser, Page, browser, find_browser
from tests.practice.server.house import SMALL, House

AFTERNOON = 1_900_152_000.0  # a Tuesday, 14:00 in Helsinki
DAYS = Hours(days=["monday", "tuesday", "wednesday", "thursday", "friday"], closes="16:30")
SHOP = msgspec.structs.replace(
    SMALL,
    organisation=msgspec.structs.replace(SMALL.organisation, languages=["en", "sv", "fi", "nl"]),
    queues=[
        Queue(
            key="hats",
            name="Hats & <b>caps</b>",
            automatic_after=60.0,
            automatic={"en": "We are busy.", "fi": "Meillä on kiire."},
            greeting={"en": "Welcome.", "fi": "Tervetuloa."},
            hours=[DAYS],
            closed={"en": "We are closed until nine.", "sv": "Vi har stängt till nio."},
            survey={"en": "How did it go?", "fi": "Kuinka meni?"},
            topic_page="/hats",
        ),
        Queue(key="shoes", name="Shoes"),
    ],
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
LOUD = """
*** NOT TESTED: the customer's page. No Chromium was found on this machine.
*** Install one (Debian: apt-get install chromium) and run the tests again.
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            sys.stderr.write(LOUD)
        pytest.skip("no Chromium on this machine")
    with browser(program, tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture
def shop() -> Iterator[House]:
    clock = SteppedClock(AFTERNOON)
    served = EmbeddedDesk.of(SHOP, clock=clock)
    with closing(served.desk), served, ExitStack() as stack:
        yield House(served, clock, stack)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.page() as page:
        yield page
        assert page.troubles == []


def visit(page: Page, shop: House, languages: str = "en") -> None:
    page.open(f"{shop.url}/customer", languages)
    page.wait("!document.getElementById('start').hidden && document.getElementById('topic').length > 0")


def lines(count: int) -> str:
    return f"document.querySelectorAll('#log li').length === {count}"


def said(page: Page) -> list[str]:
    found: list[str] = page.value(
        "[...document.querySelectorAll('#log .text')].map((one) => one.textContent)"
    )
    return found


def start(page: Page, shop: House, languages: str = "en", text: str = "Do you have hats?") -> int:
    """Start a chat about hats; the number of the conversation, once the greeting is on the page."""
    visit(page, shop, languages)
    page.type("name", "Olle")
    page.type("first", text)
    page.press("#start button")
    page.wait(lines(2))
    rows: list[dict[str, Any]] = shop.mara.get("/conversations", status="all")["data"]["payload"]
    return int(rows[0]["id"])


def test_a_customer_asks_and_reads_the_answer_as_it_comes(page: Page, shop: House) -> None:
    number = start(page, shop)
    shown = shop.mara.conversation(number)
    assert shown["meta"]["sender"]["name"] == "Olle"
    assert shown["additional_attributes"]["browser_language"] == "en"
    assert shown["additional_attributes"]["referer"] == "/hats"
    assert said(page) == ["Do you have hats?", "Welcome."]
    shop.mara.reply(number, "Green ones.")
    page.wait(lines(3))
    assert page.text("#log li.theirs .who").startswith("Mara, ")
    page.type("message", "I take two.")
    page.press("#composer button")
    page.wait(lines(4))
    assert shop.mara.conversation(number)["messages"][0]["content"] == "I take two."
    assert page.value("document.getElementById('message').value") == ""
    assert page.value("document.activeElement.id") == "message"


def test_nothing_that_is_said_becomes_markup(page: Page, shop: House) -> None:
    number = start(page, shop, text="<img src=x onerror=alert(1)>")
    evil = "<script>alert(1)</script> **bold** javascript:alert(1) http://evil.example/<b>"
    shop.mara.reply(number, evil)
    page.wait(lines(3))
    assert said(page)[0] == "<img src=x onerror=alert(1)>"
    assert said(page)[2] == evil
    assert page.value("document.querySelectorAll('#log script, #log img, #log b').length") == 0
    assert page.text("#chat-topic") == "Hats & <b>caps</b>"
    links = page.value("[...document.querySelectorAll('#log a')].map((one) => one.href)")
    assert links == ["http://evil.example/"]


def test_links_to_the_help_centre_open_its_articles_on_the_desk(page: Page, shop: House) -> None:
    number = start(page, shop)
    shop.mara.reply(number, "See https://help.kite.example/hc/help/articles/refunds.")
    page.wait(lines(3))
    address = page.value("document.querySelector('#log a').href")
    assert address == f"{shop.url}/hc/help/articles/refunds"
    assert "Refunds" in httpx.get(address).text


def test_both_see_the_other_type(page: Page, shop: House) -> None:
    number = start(page, shop)
    cable = shop.cable(shop.mara)
    page.type("message", "I wonder")
    path = f"/conversations/{number}/toggle_typing_status"
    shop.mara.post(path, typing_status="on", is_private=False)
    page.wait("document.getElementById('typing').textContent === 'Mara is writing'")
    shop.mara.post(path, typing_status="off")
    page.wait("document.getElementById('typing').textContent === ''")
    page.press("#composer button")
    page.wait(lines(3))
    names = [name for name, data in cable.events() if data.get("user", {}).get("type") != "user"]
    assert names.index("conversation.typing_on") < names.index("conversation.typing_off")
    assert names.index("conversation.typing_off") < names.index("message.created")


@pytest.mark.parametrize(
    ("languages", "language", "button"),
    [
        ("fi-FI,fi,en", "fi", "Aloita keskustelu"),
        ("sv,fi", "sv", "Börja chatten"),
        ("nl-NL,nl", "nl", "Begin de chat"),
        ("de,en-GB", "en", "Start the chat"),
        ("de", "en", "Start the chat"),
    ],
)
def test_the_page_speaks_the_browsers_language(
    page: Page, shop: House, languages: str, language: str, button: str
) -> None:
    visit(page, shop, languages)
    assert page.value("document.documentElement.lang") == language
    assert page.text("#start button") == button


def test_every_language_has_every_text(page: Page, shop: House) -> None:
    visit(page, shop)
    keys = page.value("Object.values(TEXTS).map((one) => Object.keys(one).sort().join())")
    assert len(keys) == 4
    assert len(set(keys)) == 1
    assert page.value("Object.values(TEXTS).every((one) => Object.values(one).every((text) => text))")
    used = page.value("[...document.querySelectorAll('[data-text]')].every((one) => one.textContent)")
    assert used is True


def test_the_desk_answers_in_the_customers_language_and_says_when_it_is_busy(page: Page, shop: House) -> None:
    start(page, shop, "fi")
    shop.clock.advance(61)
    shop.served.call_now(shop.desk.do_what_is_due)
    page.wait(lines(3))
    assert said(page)[1:] == ["Tervetuloa.", "Meillä on kiire."]
    assert page.text("#log li.automatic .who").startswith("Automaattinen viesti")


def test_opening_hours_are_shown_and_that_it_is_closed(page: Page, shop: House) -> None:
    visit(page, shop)
    assert page.text("#open-now") == "Open now."
    hours = page.value("[...document.querySelectorAll('#hours li')].map((one) => one.textContent)")
    assert (len(hours), hours[0], hours[6]) == (7, "Monday: 09:00–16:30", "Sunday: closed")
    shop.clock.advance(10 * 3600)
    visit(page, shop, "sv")
    assert page.text("#open-now").startswith("Stängt nu.")
    assert page.text("#closed-text") == "Vi har stängt till nio."
    page.value("document.getElementById('topic').selectedIndex = 1")
    page.value("document.getElementById('topic').dispatchEvent(new Event('change'))")
    assert page.text("#open-now") == "Öppet dygnet runt."
    assert page.text("#closed-text") == ""
    page.value("document.getElementById('topic').selectedIndex = 0")
    page.type("first", "Hej")
    page.press("#start button")
    page.wait(lines(3))
    assert said(page)[1] == "Vi har stängt till nio."


def test_a_resolved_chat_asks_for_a_rating_and_can_go_on(page: Page, shop: House) -> None:
    number = start(page, shop, "fi")
    shop.mara.post(f"/conversations/{number}/toggle_status", status="resolved")
    page.wait("document.querySelector('#log fieldset') !== null")
    page.wait("document.getElementById('ended').textContent !== ''")
    assert said(page)[-1] == "Kuinka meni?"
    page.press("#log fieldset input[value='4']")
    page.press("#log li form button")
    page.wait("document.querySelector('#log fieldset') === null")
    assert [row["rating"] for row in shop.ida.get("/csat_survey_responses")] == [4]
    page.type("message", "Vielä yksi asia")
    page.press("#composer button")
    page.wait("document.getElementById('ended').textContent === ''")
    assert shop.mara.conversation(number)["status"] == "open"


def test_a_rating_half_given_stays_when_the_desk_tells_of_the_survey_again(page: Page, shop: House) -> None:
    number = start(page, shop)
    shop.mara.post(f"/conversations/{number}/toggle_status", status="resolved")
    page.wait("document.querySelector('#log fieldset') !== null")
    page.press("#log fieldset input[value='4']")
    page.value("caughtUp()")  # every message is shown anew, as after a lost connection
    assert page.value("document.querySelector('#log fieldset input[value=\"4\"]').checked") is True


def test_the_customer_ends_the_chat_and_starts_another(page: Page, shop: House) -> None:
    number = start(page, shop)
    page.press("#end")
    page.wait("!document.getElementById('again').hidden")
    assert shop.mara.conversation(number)["status"] == "resolved"
    page.press("#again")
    page.wait("document.getElementById('chat').hidden")
    assert page.value(lines(0)) is True
    page.type("first", "Something else")
    page.press("#start button")
    page.wait(lines(2))
    assert len(shop.mara.get("/conversations", status="all")["data"]["payload"]) == 2


def test_a_reload_goes_on_where_it_was(page: Page, shop: House) -> None:
    start(page, shop)
    page.value("window.left = true")
    page.command("Page.reload")
    page.wait(f"!window.left && document.readyState === 'complete' && {lines(2)}")
    assert page.text("#chat-topic") == "Hats & <b>caps</b>"
    assert page.value("document.getElementById('start').hidden") is True


def test_what_was_said_while_the_connection_was_lost_is_fetched(page: Page, shop: House) -> None:
    number = start(page, shop)
    shop.served.stop_now()
    page.wait("document.getElementById('connection').textContent !== ''")
    page.type("message", "Still there?")
    page.press("#composer button")
    page.wait("document.getElementById('trouble').textContent !== ''")
    assert page.value("document.getElementById('message').value") == "Still there?"
    shop.served.start_now()
    shop.mara.reply(number, "Here I am.")
    page.wait(f"{lines(3)} && document.getElementById('connection').textContent === ''")
    page.press("#composer button")
    page.wait(lines(4))
    assert said(page)[2:] == ["Here I am.", "Still there?"]
    assert page.text("#trouble") == ""


def test_files_go_both_ways(page: Page, shop: House, tmp_path: Path) -> None:
    number = start(page, shop)
    picture = tmp_path / "my hat.png"
    picture.write_bytes(PNG)
    page.attach("files", picture)
    page.press("#composer button")
    page.wait(
        "document.querySelector('#log img') !== null && document.querySelector('#log img').naturalWidth === 1"
    )
    assert page.value("document.querySelector('#log img').alt") == "my hat.png"
    [attachment] = shop.mara.conversation(number)["messages"][0]["attachments"]
    assert attachment["file_size"] == len(PNG)
    path = f"/api/v1/accounts/1/conversations/{number}/messages"
    shop.mara.http.post(path, files={"attachments[]": ("page.html", b"<script>", "text/html")})
    page.wait("document.querySelector('#log li.theirs a') !== null")
    assert page.text("#log li.theirs a") == "File: page.html (1 kB)"


def test_what_the_customer_saw_is_marked_read(page: Page, shop: House) -> None:
    number = start(page, shop)
    cable = shop.cable(shop.mara)
    shop.mara.reply(number, "Green ones.")
    page.wait(lines(3))
    page.value(f"fetch('{shop.url}/health').then((answer) => answer.text())")  # after what was sent before
    heard: list[str] = []
    deadline = time.monotonic() + PATIENCE
    while "message.updated" not in heard:
        assert time.monotonic() < deadline, heard
        heard += [name for name, _ in cable.events()]
    assert "conversation.read" in heard


def test_every_field_has_its_label(page: Page, shop: House) -> None:
    visit(page, shop)
    fields = "[...document.querySelectorAll('input, select, textarea')]"
    assert (
        page.value(f"{fields}.every((one) => one.labels.length === 1 && one.labels[0].textContent)") is True
    )
    assert page.value("document.querySelectorAll('[role=log][aria-live=polite]').length") == 1


def test_the_page_is_kept_in_by_a_strict_policy(house: House) -> None:
    answer = httpx.get(f"{house.url}/customer")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?! src)|<style|\son\w+=|style=", answer.text)


def test_the_script_builds_the_page_from_text_alone(house: House) -> None:
    script = httpx.get(f"{house.url}/customer/page.js")
    assert script.headers["content-type"].startswith("text/javascript")
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
    assert not re.search(dangerous, script.text)
    assert httpx.get(f"{house.url}/customer/page.css").headers["content-type"].startswith("text/css")
