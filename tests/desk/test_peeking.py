"""Reading without taking: what is shown, what is never said, and where the agent ends up."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.effects import LoadNewest, LoadPrevious, LookAt, MarkSeen, Reopen, ShowTyping
from agent_tui.desk.failure_notice import LookingFailed, PreviousNotLoaded
from agent_tui.desk.notice import ColleagueWasFaster
from agent_tui.desk.text import Displayable
from api_client.backend import Capability
from api_client.models.conversation import Status
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, UNREACHABLE, a_desk, cid, facts, line, notices


def test_a_waiting_chat_is_shown_and_none_is_worked_in() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    assert desk.tell(e.PeekRequested(cid(2))) == [LoadNewest(cid(2))]
    assert selectors.active_chat(desk.state) is None
    assert selectors.shown_chat(desk.state) is desk.chat(2)
    assert desk.state.tabs == [cid(1)]


def test_news_in_a_chat_that_is_read_marks_nothing_as_seen() -> None:
    desk = a_desk(1)
    desk.arrives(2)
    desk.tell(e.PeekRequested(cid(2)))
    desk.tell(e.NewestLoaded(cid(2), (), more=False))
    effects = desk.customer_writes(2, 7, at=150.0)
    assert not [effect for effect in effects if isinstance(effect, MarkSeen | ShowTyping)]
    assert desk.lines(2) == ["message 7"]


def test_leaving_goes_back_and_lets_go_of_a_chat_nobody_waits_in() -> None:
    desk = a_desk(1)
    desk.arrives(2, status=Status.RESOLVED, waiting_since=None)
    desk.tell(e.PeekRequested(cid(2)))
    desk.tell(e.NewestLoaded(cid(2), (line(5, MessageKind.CUSTOMER, 90.0),), more=False))
    assert desk.lines(2)
    desk.tell(e.PeekLeft())
    assert desk.state.active == cid(1)
    assert not desk.lines(2)


def test_what_was_read_stays_beside_the_chat_that_is_worked_in_until_that_goes() -> None:
    desk = a_desk(1, 2)
    desk.arrives(3, status=Status.RESOLVED, waiting_since=None)
    desk.tell(e.TabSelected(cid(1)))
    desk.tell(e.PeekRequested(cid(3)))
    desk.tell(e.NewestLoaded(cid(3), (line(5, MessageKind.CUSTOMER, 90.0),), more=False))
    desk.tell(e.PeekKept())
    assert (desk.state.active, desk.state.peeked, desk.state.beside) == (cid(1), None, cid(3))
    effects = desk.customer_writes(3, 7, at=150.0)
    assert not [effect for effect in effects if isinstance(effect, MarkSeen | ShowTyping)]
    assert desk.lines(3) == ["message 5", "message 7"]
    desk.tell(e.TabSelected(cid(2)))
    assert desk.lines(3)
    desk.tell(e.TabClosed(cid(1)))
    assert desk.state.beside is None
    assert not desk.lines(3)


def test_what_stands_beside_is_gone_into_and_left() -> None:
    desk = a_desk(1)
    desk.arrives(3, status=Status.RESOLVED, waiting_since=None)
    desk.tell(e.PeekRequested(cid(3)))
    desk.tell(e.PeekKept())
    desk.tell(e.PeekRequested(cid(3)))
    assert (desk.state.peeked, desk.state.beside) == (cid(3), None)
    desk.tell(e.PeekKept())
    desk.tell(e.PeekLeft())
    assert (desk.state.active, desk.state.beside) == (cid(1), None)


def test_what_stands_beside_and_becomes_the_agents_has_a_tab_of_its_own() -> None:
    desk = a_desk(1)
    desk.arrives(3)
    desk.tell(e.PeekRequested(cid(3)))
    desk.tell(e.PeekKept())
    desk.arrives(3, assignee=AINO)
    assert (desk.state.tabs, desk.state.beside) == ([cid(1), cid(3)], None)


def test_a_chat_that_comes_meanwhile_does_not_take_the_screen_away() -> None:
    desk = a_desk()
    desk.arrives(2)
    desk.tell(e.PeekRequested(cid(2)))
    desk.arrives(3, assignee=AINO)
    assert (desk.state.peeked, desk.state.active) == (cid(2), None)
    desk.tell(e.PeekLeft())
    assert desk.state.active == cid(3)


def test_an_unknown_chat_is_asked_for_and_shown_unless_the_agent_went_elsewhere() -> None:
    desk = a_desk(1)
    assert desk.tell(e.PeekRequested(cid(9))) == [LookAt(cid(9))]
    desk.tell(e.LookedAt(facts(9, status=Status.RESOLVED)))
    assert desk.state.peeked == cid(9)
    desk.tell(e.PeekRequested(cid(8)))
    desk.tell(e.TabSelected(cid(1)))
    desk.tell(e.LookedAt(facts(8, status=Status.RESOLVED)))
    assert selectors.shown_chat(desk.state) is desk.chat(1)
    desk.tell(e.PeekRequested(cid(7)))
    assert notices(desk.tell(e.LookFailed(cid(7), UNREACHABLE))) == [LookingFailed(UNREACHABLE)]


def test_ones_own_chat_comes_to_the_front_as_always() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.PeekRequested(cid(2)))
    assert (desk.state.peeked, desk.state.active) == (None, cid(2))


def test_a_closed_chat_is_opened_again_and_a_sleeping_one_of_a_colleague_is_left_alone() -> None:
    desk = a_desk()
    desk.arrives(1, status=Status.RESOLVED, assignee=BENGT)
    desk.arrives(2, status=Status.SNOOZED, assignee=BENGT)
    desk.arrives(3, status=Status.PENDING)
    assert desk.tell(e.ConversationPicked(cid(1))) == [Reopen(cid(1))]
    assert desk.tell(e.ConversationPicked(cid(3))) == [Reopen(cid(3))]
    assert notices(desk.tell(e.ConversationPicked(cid(2)))) == [
        ColleagueWasFaster(desk.chat(2).card.name, BENGT.name)
    ]


def test_taking_what_is_read_ends_the_reading() -> None:
    desk = a_desk()
    desk.arrives(2)
    desk.tell(e.PeekRequested(cid(2)))
    desk.tell(e.ConversationPicked(cid(2)))
    desk.tell(e.ConversationTaken(facts(2, assignee=AINO)))
    assert (desk.state.peeked, desk.state.active) == (None, cid(2))


def test_earlier_chats_are_fetched_once_where_the_backend_knows_them() -> None:
    desk = a_desk(1, 2)
    desk.tell(e.SignedIn(AINO, Displayable(""), frozenset({Capability.PREVIOUS_CONVERSATIONS})))
    assert LoadPrevious(cid(2), desk.chat(2).card.id) in desk.tell(e.TabSelected(cid(2)))
    desk.tell(e.PreviousLoaded(cid(2), ()))
    assert desk.tell(e.PreviousRequested(cid(2))) == []
    failed = desk.tell(e.PreviousFailed(cid(1), UNREACHABLE))
    assert notices(failed) == [PreviousNotLoaded(UNREACHABLE)]
