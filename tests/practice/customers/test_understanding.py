"""What customers make of an answer, in four languages."""

from __future__ import annotations

import pytest

from practice.customers.understanding import gist, kinds_of
from practice.scenario.loader import load


@pytest.mark.parametrize(
    "text",
    [
        "Hetki pieni, tarkistan asian.",
        "Hetkinen!",
        "Siirrän keskustelun kollegalle.",
        "Ett ögonblick, jag kontrollerar saken.",
        "Kan du vänta lite?",
        "Momentje, ik zoek het op.",
        "Heeft u even geduld?",
        "One moment please.",
        "Let me check that for you",
        "I’ll check.",
    ],
)
def test_a_plea_for_patience_is_understood(text: str) -> None:
    assert "hold" in kinds_of([text], ())


@pytest.mark.parametrize(
    "text",
    [
        "Tällä hetkellä verokortti on jo voimassa.",
        "Tack för att du väntade.",
        "The payment takes ten days at present.",
        "One moment: https://help.example.test/hats",
        "Let me check. " + "The rule has changed, and this is what it says now. " * 6,
        "Voinko auttaa vielä jossain? Hetki vain.",
    ],
)
def test_an_answer_is_no_plea_for_patience(text: str) -> None:
    assert "hold" not in kinds_of([text], ())


@pytest.mark.parametrize(
    "text",
    [
        "Hyvää päivänjatkoa!",
        "Voinko auttaa vielä jossain muussa?",
        "Kan jag hjälpa dig med något mer?",
        "Ha en fin dag.",
        "Kan ik u nog ergens anders mee helpen?",
        "Nog een prettige dag verder",
        "Is there anything else?",
        "Goodbye, take care.",
    ],
)
def test_a_goodbye_is_understood_and_is_no_question(text: str) -> None:
    assert kinds_of([text], ()) == {"closing"}


@pytest.mark.parametrize(
    "text",
    ["Which size?", "Oletko kirjautunut? Jos olet, kerro sivu.", "Welke maat? 🙂", "(Vilken färg?)"],
)
def test_a_question_is_understood(text: str) -> None:
    assert kinds_of([text], ()) == {"question"}


def test_a_question_mark_inside_an_address_asks_nothing() -> None:
    assert kinds_of(["See https://help.example.test/?q=hats"], ()) == {"link"}
    assert kinds_of(["Was it price?a=1"], ()) == frozenset()


def test_a_link_counts_in_any_message_and_a_hold_only_in_the_last() -> None:
    assert kinds_of(["Look at www.example.test", "It is on page two."], ()) == {"link"}
    assert kinds_of(["One moment.", "We have green hats."], ()) == frozenset()


def test_the_same_text_again_is_noticed_unless_it_is_short() -> None:
    long = "We have hats in green and in blue."
    earlier = {gist(long), gist("Ok.")}

    assert kinds_of([f"  {long.upper()} "], earlier) == {"repeated"}
    assert kinds_of(["Ok."], earlier) == frozenset()


def test_an_empty_answer_is_an_answer() -> None:
    assert kinds_of([""], ()) == frozenset()


def test_the_canned_responses_of_the_tax_desk_mean_what_they_say() -> None:
    kinds = {canned.short_code: kinds_of([canned.content], ()) for canned in load("tax").canned}

    assert kinds["hetki"] == kinds["hetki-sv"] == kinds["hetki-en"] == {"hold"}
    assert kinds["viela-muuta"] == kinds["loppu-sv"] == kinds["loppu-en"] == {"closing"}
    assert kinds["verokortti-muutos"] == {"link"}
