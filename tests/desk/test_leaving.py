"""A text that found nobody there says so, until its customer is back."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.transcript import Fate
from api_client.models.identity import ContactId, EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import Desk, a_desk, cid, line

HERE = frozenset({ContactId("c1")})


def told_there(desk: Desk, *, there: bool) -> None:
    desk.tell(e.PresenceSeen({}, HERE if there else frozenset()))


def sent(desk: Desk, number: int) -> None:
    desk.submits(1, f"message {number}", f"e{number}")
    own = line(number, MessageKind.AGENT, 100.0 + number, mine=True)
    desk.tell(e.ReplySent(cid(1), EchoId(f"e{number}"), own))


def test_what_was_sent_and_not_delivered_when_the_customer_leaves_is_marked() -> None:
    desk = a_desk(1)
    told_there(desk, there=True)
    sent(desk, 10)
    desk.customer_writes(1, 11, 111.0)
    sent(desk, 12)
    told_there(desk, there=False)
    assert desk.fates(1) == [Fate.SENT, Fate.RECEIVED, Fate.LEFT]
    sent(desk, 13)
    assert desk.fates(1)[-1] is Fate.LEFT


def test_nothing_is_said_of_customers_who_were_never_seen_there() -> None:
    desk = a_desk(1)
    sent(desk, 10)
    told_there(desk, there=False)
    assert desk.fates(1) == [Fate.SENT]


def test_when_the_customer_is_back_or_has_read_it_the_mark_goes() -> None:
    desk = a_desk(1)
    told_there(desk, there=True)
    sent(desk, 10)
    told_there(desk, there=False)
    told_there(desk, there=True)
    assert desk.fates(1) == [Fate.SENT]
    told_there(desk, there=False)
    desk.tell(e.CustomerRead(cid(1), 120.0))
    assert desk.fates(1) == [Fate.READ]


def test_a_customer_who_writes_is_there() -> None:
    desk = a_desk(1)
    told_there(desk, there=True)
    sent(desk, 10)
    told_there(desk, there=False)
    desk.customer_writes(1, 11, 111.0)
    assert desk.fates(1) == [Fate.SENT, Fate.RECEIVED]


def test_an_old_telling_does_not_take_the_mark_away() -> None:
    desk = a_desk(1)
    told_there(desk, there=True)
    sent(desk, 10)
    told_there(desk, there=False)
    again = line(10, MessageKind.AGENT, 110.0, mine=True)
    desk.tell(e.MessageChanged(cid(1), again))
    assert desk.fates(1) == [Fate.LEFT]
