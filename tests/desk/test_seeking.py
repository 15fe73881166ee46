"""Going to a message that was found: which pages are fetched, when it is there, when it is given up."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import LoadNewest, LoadOlder, LookAt, Notify
from agent_tui.desk.failure_notice import LoadingFailed
from agent_tui.desk.notice import HitGone, LookingForHit
from agent_tui.desk.transcript import Line
from api_client.models.conversation import Status
from api_client.models.identity import MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import UNREACHABLE, Desk, a_desk, cid, facts, line, notices


def said(*numbers: int) -> tuple[Line, ...]:
    return tuple(line(number, MessageKind.CUSTOMER, 100.0 + number) for number in numbers)


def wanted(number: int, message: int | None, words: str = "message") -> e.HitChosen:
    named = None if message is None else MessageId(str(message))
    return e.HitChosen(cid(number), named, 0.0 if message is None else 100.0 + message, words)


def reached(desk: Desk) -> object:
    return None if desk.state.sought is None else desk.state.sought.line


def test_a_message_that_is_held_is_there_at_once() -> None:
    desk = a_desk(1, 2)
    desk.customer_writes(2, 7, at=107.0, mine=True)
    assert notices(desk.tell(wanted(2, 7))) == []
    assert (desk.state.active, reached(desk)) == (cid(2), "7")
    desk.tell(e.HitShown())
    assert desk.state.sought is None


def test_earlier_pages_are_fetched_until_it_is_there() -> None:
    desk = a_desk()
    desk.arrives(1)
    assert desk.tell(wanted(1, 3)) == [LoadNewest(cid(1))]
    effects = desk.tell(e.NewestLoaded(cid(1), said(8, 9), more=True))
    assert effects == [LoadOlder(cid(1), MessageId("8")), Notify(LookingForHit())]
    assert desk.tell(e.OlderLoaded(cid(1), said(6, 7), more=True)) == [LoadOlder(cid(1), MessageId("6"))]
    assert desk.tell(e.OlderLoaded(cid(1), said(3, 4), more=True)) == []
    assert reached(desk) == "3"


def test_a_chat_the_desk_does_not_hold_is_looked_at_first() -> None:
    desk = a_desk(1)
    assert LookAt(cid(9)) in desk.tell(wanted(9, 3))
    assert LoadNewest(cid(9)) in desk.tell(e.LookedAt(facts(9, status=Status.RESOLVED)))
    desk.tell(e.NewestLoaded(cid(9), said(3), more=False))
    assert (desk.state.peeked, reached(desk)) == (cid(9), "3")


def test_what_is_gone_is_said_as_soon_as_that_is_known() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.tell(wanted(1, 5))
    effects = desk.tell(e.NewestLoaded(cid(1), said(2, 8), more=True))
    assert notices(effects) == [HitGone(desk.chat(1).card.name)]
    assert desk.state.sought is None
    desk.tell(wanted(1, 1))
    desk.tell(e.OlderLoaded(cid(1), (), more=False))
    assert desk.state.sought is None


def test_nothing_more_is_fetched_once_the_agent_went_elsewhere_or_a_page_did_not_come() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(wanted(2, 3))
    desk.tell(e.TabSelected(cid(1)))
    assert desk.tell(e.NewestLoaded(cid(2), said(8, 9), more=True)) == []
    assert desk.state.sought is None
    desk.tell(wanted(2, 3))
    failed = desk.tell(e.LoadFailed(cid(2), UNREACHABLE))
    assert notices(failed) == [LoadingFailed(desk.chat(2).card.name, UNREACHABLE)]
    assert desk.state.sought is None
    desk.tell(wanted(9, 3))
    desk.tell(e.LookFailed(cid(9), UNREACHABLE))
    assert desk.state.sought is None


def test_without_its_name_the_newest_message_with_the_words_is_meant() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.tell(wanted(1, None, "message 8"))
    desk.tell(e.NewestLoaded(cid(1), said(8, 9), more=True))
    assert reached(desk) == "8"
