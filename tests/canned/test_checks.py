"""Checks of a library: each mistake is found where it stands, and good responses are left in peace."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from canned.addresses import addresses, dead, in_text
from canned.checks import Check, Wishes, check, dead_links
from canned.likeness import near_duplicates
from canned.model import Attachment, Link, Response
from canned.places import Place, Problem
from canned.readability import LIMITS, lix
from tests.canned.library import MOI, libraries

LONG = "Palautamme liikaa maksetun veron tilillesi elokuun alussa, kun verotuksesi on valmis tältä vuodelta."


def found(*responses: Response, wishes: Wishes | None = None) -> list[tuple[Check, str]]:
    return [(one.check, one.shortcut) for one in check(responses, wishes or Wishes(), {})]


def test_a_good_response_is_left_in_peace() -> None:
    assert found(MOI) == []


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (Response("1", "a", "{{ contact.frst_name }}"), Check.UNKNOWN_VARIABLE),
        (Response("1", "a", "{% if x"), Check.TEMPLATE),
        (Response("1", "a", "{{ contact.name | shout }}"), Check.TEMPLATE),
        (Response("1", "a", "{% field day %}", auto_send=True), Check.FIELD_WITHOUT_DEFAULT),
        (Response("1", "a", "x", attachments=(Attachment("/no/such/file.pdf"),)), Check.ATTACHMENT_MISSING),
    ],
)
def test_a_mistake_is_found(response: Response, kind: Check) -> None:
    [one] = check([response], Wishes(), {"1": Place("a.toml", 3)})
    assert (one.check, one.mistake, one.file, one.line) == (kind, True, "a.toml", 3)


def test_a_mistyped_variable_is_told_with_the_right_one() -> None:
    [one] = check([Response("1", "a", bodies={"fi": "{{ contact.frst_name }}"})], Wishes(), {})
    assert str(one) == (
        "a: a (fi): there is no contact.frst_name; did you mean contact.first_name? [unknown-variable]"
    )


def test_a_field_with_default_may_be_sent_by_itself() -> None:
    assert found(Response("1", "a", "{% field day, default: 'today' %}", auto_send=True)) == []


def test_two_with_one_shortcut_are_found() -> None:
    assert found(Response("1", "a", "x"), Response("2", "A", "yy")) == [(Check.DUPLICATE_SHORTCUT, "A")]


def test_a_missing_translation_is_found_among_translated_responses() -> None:
    assert found(MOI, Response("2", "b", bodies={"fi": "Moi taas"})) == [(Check.MISSING_TRANSLATION, "b")]
    assert found(
        Response("2", "b", "vain suomeksi ja niin se on"), wishes=Wishes(languages=("fi", "nl"))
    ) == [(Check.MISSING_TRANSLATION, "b")]


def test_what_is_not_used_is_found_when_asked_for() -> None:
    wishes = Wishes(unused_days=30, today=date(2026, 3, 1), last_used={"1": date(2026, 2, 20)})
    assert found(Response("1", "a", "x"), Response("2", "b", "yy"), wishes=wishes) == [(Check.UNUSED, "b")]


def test_near_duplicates_are_found_once() -> None:
    twin = Response("2", "b", LONG.replace("tilillesi", "tilillesi,"))
    assert found(Response("1", "a", LONG), twin, Response("3", "c", "Hei")) == [(Check.NEAR_DUPLICATE, "a")]


def test_the_same_text_in_one_response_or_another_language_is_no_duplicate() -> None:
    one = Response("1", "a", bodies={"fi": LONG, "sv": LONG})
    assert list(near_duplicates([one, Response("2", "b", bodies={"nl": LONG})])) == []


def test_an_official_letter_is_hard_to_read_and_a_short_answer_is_not() -> None:
    hard = (
        "Verotuspäätökseen kohdistuvan oikaisuvaatimuksen käsittelyajankohdan määräytymisperusteet "
        "ilmoitetaan asiakasyhteydenottojen yhteydessä verovelvollisen asiointipalvelussa ennakkotietojen "
        "vahvistamisajankohdan jälkeen viimeistään erääntymispäivämäärän tarkistusmenettelyssä."
    )
    assert found(Response("1", "a", bodies={"fi": hard})) == [(Check.HARD_TO_READ, "a")]
    assert (lix("Hei. " * 20) or 0) < LIMITS["fi"]
    assert lix("Hei.") is None


def test_what_could_not_be_read_is_among_the_findings() -> None:
    [one] = check(
        [], Wishes(), {}, [Problem(Place("a.toml", 2), "this is not TOML", "put texts between quotes")]
    )
    assert str(one) == "a.toml:2: this is not TOML; put texts between quotes [unreadable]"


def test_findings_are_json() -> None:
    [one] = check([Response("1", "a", "{{ x }}")], Wishes(), {})
    assert json.loads(msgspec.json.encode(one))["check"] == "unknown-variable"


def test_addresses_are_found_in_links_and_texts_without_what_follows_them() -> None:
    response = Response(
        "1",
        "a",
        "Katso https://example.org/a, tai (https://example.org/b).",
        links=(Link("https://example.org/c"),),
    )
    assert [url for _, url in addresses(response)] == [f"https://example.org/{end}" for end in "cab"]
    assert in_text("https://example.org/{{ contact.id }}") == []


async def test_dead_links_are_asked_a_few_at_a_time_each_once() -> None:
    running, most, told = 0, 0, []

    async def fetch(url: str) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        if url.endswith("/broken"):
            raise OSError
        if url.endswith("/silent"):
            await asyncio.Event().wait()
        return 404 if url.endswith("/gone") else 403 if url.endswith("/shy") else 200

    urls = [f"https://example.org/{end}" for end in ("gone", "broken", "silent", "shy", *"abcdefgh", "a")]
    wrong = await dead(urls, fetch, lambda done, of: told.append((done, of)), at_once=3, seconds=0.05)
    assert {url.rpartition("/")[2]: what for url, what in wrong.items()} == {
        "gone": "answers 404",
        "broken": "does not answer",
        "silent": "does not answer within 0 seconds",
    }
    assert most == 3
    assert told == [(number, 12) for number in range(1, 13)]
    response = Response("1", "a", f"x {urls[0]}")
    assert [one.check for one in dead_links([response, MOI], wrong, {})] == [Check.DEAD_LINK]


@given(libraries, st.integers(0, 400))
def test_any_library_is_checked_the_same_each_time(library: list[Response], days: int) -> None:
    wishes = Wishes(unused_days=days, today=date(2026, 3, 1))
    told = check(library, wishes, {})
    assert told == check(library, wishes, {})
    assert all(one.what and one.remedy for one in told)


@given(st.text())
def test_no_text_crashes_the_reading_level(text: str) -> None:
    level = lix(text)
    assert level is None or level > 0


def test_an_attachment_that_is_there_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").touch()
    assert found(replace(MOI, attachments=(Attachment(str(tmp_path / "guide.pdf")),))) == []
