"""A reply gets a second look: each check by itself, and none where there is a doubt about the doubt."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.concerns import (
    Concern,
    GapLeft,
    LinkDead,
    LinkInternal,
    NumberGiven,
    SaidBefore,
    WrongLanguage,
)
from agent_tui.desk.link_effects import CheckLink
from agent_tui.desk.linkbook import BAD_FOR, GOOD_FOR, Health
from agent_tui.desk.preflight import concerns
from agent_tui.desk.private_numbers import NumberKind
from agent_tui.desk.rules import Checks, Rules
from agent_tui.desk.text import Displayable
from tests.desk.stage import AINO, Desk, a_desk, cid, facts

FINNISH = "Hei, verokorttisi on nyt uusittu ja se lähtee työnantajallesi tänään."
ENGLISH = "Hello, your tax card has been renewed and it will be sent to your employer."
SWEDISH = "Hej, jag har ett problem med mitt skattekort och vill gärna ha hjälp."


def told(desk: Desk, text: str, *, note: bool = False) -> tuple[Concern, ...]:
    return concerns(desk.state, desk.chat(1), text, note=note)


def without(desk: Desk, check: str) -> Desk:
    desk.state.rules = Rules(checks=replace(Checks(), **{check: False}))
    return desk


def types(desk: Desk, text: str) -> list[str]:
    effects = desk.tell(e.DraftChanged(cid(1), text, note=False))
    return [effect.url for effect in effects if isinstance(effect, CheckLink)]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Hei [nimi], kortti lähtee.", "[nimi]"),
        ("Hei {{contact.first_name}}", "{{contact.first_name}}"),
        ("Soita ⟦contact phone⟧", "contact phone"),
        ("Hei {name}", "{name}"),
        ("Hei <first name>", "<first name>"),
    ],
)
def test_what_is_not_filled_in_is_told(text: str, gap: str) -> None:
    assert told(a_desk(1), text) == (GapLeft(Displayable(gap)),)


@pytest.mark.parametrize(
    "text", ["katso [ohje](https://vero.fi/ohje)", "kohta [1]", "a[i]={x:1}", "5 < 6 ja 7 > 2", "x<y>z"]
)
def test_brackets_that_are_no_gaps_are_left_alone(text: str) -> None:
    assert told(a_desk(1), text) == ()


def test_a_private_number_is_told_before_it_leaves_unless_nobody_wants_to_know() -> None:
    text = "Maksa tilille FI21 1234 5600 0007 85"
    assert told(a_desk(1), text) == (NumberGiven(NumberKind.BANK_ACCOUNT),)
    assert told(a_desk(1), "Tilausnumero 1234 5600 0007 86") == ()
    assert told(a_desk(1), text, note=True) == told(without(a_desk(1), "numbers"), text) == ()


def test_a_note_is_asked_about_templates_only() -> None:
    assert told(a_desk(1), "[nimi] soitti", note=True) == ()
    assert told(a_desk(1), "⟦name⟧ soitti", note=True) == (GapLeft(Displayable("name")),)


def test_a_text_in_another_language_than_the_customers_is_told() -> None:
    wrong = WrongLanguage(Displayable("Customer 1"), "en", "fi")
    assert told(a_desk(1), ENGLISH) == (wrong,)
    assert told(a_desk(1), FINNISH) == ()


def test_what_the_customer_writes_counts_for_more_than_where_they_came_from() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 200.0, raw=SWEDISH)
    assert told(desk, FINNISH) == (WrongLanguage(Displayable("Customer 1"), "fi", "sv"),)
    assert told(desk, "Tack, jag ser nu att det är ditt nya kort som du inte har fått.") == ()


@pytest.mark.parametrize("text", ["Ok", "https://vero.fi", "Selvä", "Hyvä", "Guten Tag und danke schön"])
def test_a_text_that_leaves_a_doubt_is_in_the_right_language(text: str) -> None:
    assert told(a_desk(1), text) == ()


def test_a_customer_of_a_language_that_cannot_be_told_apart_is_left_alone() -> None:
    desk = Desk()
    desk.tell(e.SignedIn(AINO, Displayable("Tax office"), frozenset()))
    desk.tell(e.ConversationChanged(facts(1, assignee=AINO, language="et")))
    assert told(desk, ENGLISH) == ()


def test_the_same_text_sent_before_is_told_with_its_time() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 10, 240.0, raw=FINNISH, mine=True)
    assert told(desk, f"Hei taas!\n{FINNISH.upper()}") == (SaidBefore(240.0),)


@pytest.mark.parametrize("changes", [{"raw": "Kiitos viestistä."}, {"raw": FINNISH, "deleted": True}])
def test_a_short_text_or_one_taken_back_may_be_said_again(changes: dict[str, Any]) -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 10, 240.0, **changes)
    assert told(desk, changes["raw"]) == ()


def test_a_page_that_is_not_there_is_told_and_one_that_is_silent_is_not() -> None:
    desk = a_desk(1)
    desk.tell(e.LinkChecked("https://vero.fi/vanha", Health.DEAD))
    desk.tell(e.LinkChecked("https://vero.fi/hidas", Health.SILENT))
    assert told(desk, "https://vero.fi/vanha") == (LinkDead(Displayable("vero.fi/vanha")),)
    assert told(desk, "https://vero.fi/hidas") == ()


@pytest.mark.parametrize(
    "url", ["https://intra/ohje", "http://127.0.0.1/", "https://a.fi/app/accounts/1/inbox"]
)
def test_an_address_that_customers_cannot_reach_is_told(url: str) -> None:
    (concern,) = told(a_desk(1), f"katso {url}")
    assert isinstance(concern, LinkInternal)


@pytest.mark.parametrize(
    ("check", "text"),
    [("gaps", "[nimi]"), ("language", ENGLISH), ("repeated", FINNISH), ("links", "https://intra/ohje")],
)
def test_each_check_can_be_switched_off(check: str, text: str) -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 10, 240.0, raw=FINNISH)
    assert told(desk, text)
    assert told(without(desk, check), text) == ()


def test_an_address_is_asked_once_it_stands_there_whole() -> None:
    desk = a_desk(1)
    typed = "katso https://vero.fi/ohje"
    assert [url for end in range(len(typed) + 1) for url in types(desk, typed[:end])] == []
    assert types(desk, f"{typed} ") == ["https://vero.fi/ohje"]
    assert types(desk, f"{typed} nyt") == []
    assert types(desk, "https://vero.fi/toinen") == ["https://vero.fi/toinen"]


def test_an_answer_is_kept_for_a_while_a_bad_one_not_for_long() -> None:
    desk = a_desk(1)
    urls = ["https://vero.fi/a", "https://vero.fi/b"]
    assert types(desk, " ".join(urls)) == urls
    desk.tell(e.LinkChecked(urls[0], Health.ANSWERS))
    desk.tell(e.LinkChecked(urls[1], Health.DEAD))
    types(desk, "")
    desk.now += BAD_FOR
    assert types(desk, " ".join(urls)) == urls[1:]
    types(desk, "")
    desk.now += GOOD_FOR
    assert types(desk, " ".join(urls)) == urls[:1]


@pytest.mark.parametrize("url", ["https://vero.fi/?id=5", "https://intra/", "https://ohje.example/"])
def test_what_may_not_be_asked_is_not(url: str) -> None:
    assert types(a_desk(1), f"{url} ") == []
