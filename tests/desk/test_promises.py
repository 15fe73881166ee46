"""Promises to be back, in what agents write."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.calling import most_pressing
from agent_tui.desk.promises import in_draft, open_in, open_promise, open_promises, promised
from agent_tui.desk.rules import Rules
from agent_tui.desk.tabs import most_urgent
from agent_tui.desk.view import Urgency
from agent_tui.desk.wait_rules import Waits
from agent_tui.desk.waiting import urgency
from agent_tui.notices import call_words
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, UNREACHABLE, a_desk, cid, line

HELSINKI = ZoneInfo("Europe/Helsinki")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).timestamp()


NOON = at("2026-11-20T12:00")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("I will be back in 5 minutes", 5),
        ("Let me check. I'll get back to you within ten minutes.", 10),
        ("Back in 10 min!", 10),
        ("I'll be back in 5-10 minutes", 10),
        ("Give me five minutes", 5),
        ("We will call you within about two hours", 120),
        ("I will be back in half an hour", 30),
        ("I'll return in an hour and a half", 90),
        ("I'll let you know in a quarter of an hour", 15),
        ("I will be back in one hour", 60),
        ("Palaan viiden minuutin kuluttua.", 5),
        ("Selvitän asian, palaan asiaan 10 min. kuluttua", 10),
        ("Palaan noin 5 minuutin päästä", 5),
        ("Palaan puolen tunnin kuluttua", 30),
        ("Soitan vartin päästä", 15),
        ("Vastaamme kahden tunnin kuluessa", 120),
        ("Palaan puolentoista tunnin kuluttua", 90),
        ("Palaan tunnin sisällä", 60),
        ("Jag återkommer om en kvart", 15),
        ("Jag kollar och hör av mig inom 20 minuter", 20),
        ("Jag är tillbaka om fem minuter", 5),
        ("Vi återkommer om en halvtimme", 30),
        ("Jag svarar om ca 10 min", 10),
        ("Ik ben over 10 minuten terug", 10),
        ("Ik kom binnen een kwartier bij u terug", 15),
        ("Ik bel u over een half uur", 30),
        ("Ik ben over anderhalf uur terug", 90),
        ("Ik meld me over twee uur", 120),
    ],
)
def test_a_time_that_an_agent_gives_is_a_promise(text: str, minutes: float) -> None:
    found = promised(text, NOON, HELSINKI)
    assert found is not None
    assert (found.until - NOON) / 60 == minutes


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I will be back before 14:30", "2026-11-20T14:30"),
        ("I'll call you at 3 pm", "2026-11-20T15:00"),
        ("I'll be back by 2:30", "2026-11-20T14:30"),
        ("Palaan klo 14.30 mennessä", "2026-11-20T14:30"),
        ("Soitan ennen klo 15", "2026-11-20T15:00"),
        ("Jag återkommer senast kl. 14.30", "2026-11-20T14:30"),
        ("Ik bel u uiterlijk 14:30 uur", "2026-11-20T14:30"),
        ("Ik kom voor 15 uur bij u terug", "2026-11-20T15:00"),
    ],
)
def test_a_time_of_day_is_the_next_by_the_agents_own_clock(text: str, until: str) -> None:
    found = promised(text, NOON, HELSINKI)
    assert found is not None
    assert found.until == at(until)


def test_a_time_of_day_is_read_after_the_clocks_were_set() -> None:
    for night, hours in (("2026-10-25", 5), ("2026-03-29", 3)):
        sent = at(f"{night}T00:00")
        found = promised("Palaan klo 04:00", sent, HELSINKI)
        assert found is not None
        assert found.until - sent == hours * 3600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One moment please",
        "I will be back in a minute",
        "Palaan hetken kuluttua",
        "Your session ends in 5 minutes",
        "Will you be back in 5 minutes?",
        "Kan jag återkomma om fem minuter?",
        "I will send it within 5 days",
        "> I will be back in 5 minutes\nThat was said yesterday.",
        "We will answer within 24 hours",
        "I'll call you on Monday at 14:30",
        "I will call you tomorrow at 14:30",
        "I will need 20 % by 14 December",
        "Ik ben er om 5 euro te betalen",
    ],
)
def test_what_could_not_be_held_against_anybody_is_none(text: str) -> None:
    assert promised(text, NOON, HELSINKI) is None


@given(st.text(), st.floats(0, 4e9))
def test_no_text_is_too_strange(text: str, sent: float) -> None:
    for whole in (text, f"I will {text}", f"Palaan {text} kuluttua"):
        found = promised(whole, sent, HELSINKI)
        assert found is None or found.until > sent


def test_the_first_time_that_is_due_counts() -> None:
    found = promised("I'll be back in 5 minutes. We will call you in two hours.", NOON, HELSINKI)
    assert found is not None
    assert (found.until - NOON, found.words) == (300, "I'll be back in 5 minutes.")


@pytest.mark.parametrize(
    ("passed", "level"),
    [(0, Urgency.CALM), (239, Urgency.CALM), (240, Urgency.WARNING), (300, Urgency.BREACH)],
)
def test_a_promise_turns_near_its_end_and_is_broken_past_it(passed: int, level: Urgency) -> None:
    found = promised("Palaan 5 minuutin kuluttua", 0.0)
    assert found is not None
    assert urgency(found.promise, passed) is level


def test_a_promise_opens_with_the_reply_and_ends_with_the_next() -> None:
    desk = a_desk(1)
    desk.submits(1, "I'll be back in 5 minutes", "e1")
    assert [one.given.until for one in open_promises(desk.state)] == [400.0]
    assert selectors.tab_rows(desk.state)[0].promised is not None
    desk.agent_writes(1, 20, 101.0, raw="I'll be back in 5 minutes", echo=EchoId("e1"), mine=True)
    assert open_promise(desk.state, desk.chat(1)) is not None
    desk.agent_writes(1, 21, 200.0, raw="Here it is")
    assert open_promises(desk.state) == []


def test_words_in_the_same_breath_do_not_fulfil_it() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 20, 101.0, raw="Palaan 10 minuutin kuluttua")
    desk.agent_writes(1, 21, 125.0, raw="Katsokaa sillä välin tätä")
    assert len(open_promises(desk.state)) == 1
    desk.agent_writes(1, 22, 140.0, raw="Ja tätä")
    assert open_promises(desk.state) == []


def test_a_text_being_written_is_not_remembered_key_by_key() -> None:
    desk = a_desk(1)
    words = "I'll be back in 5 minutes"
    promised.cache_clear()
    for end in range(len(words) + 1):
        desk.chat(1).draft.text = words[:end]
        found = in_draft(desk.state, 100.0)
    assert found is not None
    assert promised.cache_info().currsize == 0


def test_only_what_humans_sent_to_the_customer_promises() -> None:
    desk = a_desk(1)
    words = "I will be back in 5 minutes"
    desk.customer_writes(1, 20, 101.0, raw=words)
    for number, kind in enumerate((MessageKind.NOTE, MessageKind.AUTOMATIC, MessageKind.ACTIVITY), 30):
        desk.tell(e.MessageReceived(cid(1), line(number, kind, 110.0, raw=words), None, None))
    assert open_promises(desk.state) == []


def test_a_reply_that_did_not_leave_promises_nothing() -> None:
    desk = a_desk(1)
    desk.submits(1, "I'll be back in 5 minutes", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    assert open_promises(desk.state) == []


def test_after_a_restart_a_promise_is_found_in_the_lines_loaded() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO, waiting_since=None)
    made = line(20, MessageKind.AGENT, 101.0, raw="Jag återkommer om en kvart")
    desk.tell(e.NewestLoaded(cid(1), (made,), more=False))
    (found,) = open_promises(desk.state)
    assert (found.customer, found.by, found.given.until) == ("Customer 1", "Somebody", 1001.0)


def test_a_promise_holds_however_much_the_customer_writes_meanwhile() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 20, 101.0, raw="I'll be back in 5 minutes")
    for number in range(400):
        desk.customer_writes(1, 30 + number, 102.0 + number / 10)
    assert len(open_promises(desk.state)) == 1


def test_a_promise_ends_with_the_chat_and_with_the_setting() -> None:
    desk = a_desk(1)
    desk.agent_writes(1, 20, 101.0, raw="I'll be back in 5 minutes")
    chat = desk.chat(1)
    assert open_in(chat) is not None
    desk.state.rules = Rules(waits=Waits(promises=False))
    assert open_promise(desk.state, chat) is None
    assert open_promises(desk.state) == []
    chat.status = Status.RESOLVED
    assert open_in(chat) is None


def test_promises_are_due_times_beside_waits_and_call_when_they_are_late() -> None:
    desk = a_desk(1, 2, 3)
    desk.agent_writes(2, 20, 101.0, raw="I'll be back in 2 minutes")
    desk.customer_writes(3, 30, 150.0)
    assert [chat.id for chat in most_urgent(desk.state)] == [cid(3), cid(2)]
    desk.tell(e.ServerHeard(offset=-770.0))
    desk.agent_writes(3, 31, 160.0)
    call = most_pressing(desk.state, desk.now)
    assert call is not None
    assert (call.mine, call.promised, call.late, call.left) == (True, True, True, -9.0)
    assert call_words(call).startswith("A promise of yours is due")
