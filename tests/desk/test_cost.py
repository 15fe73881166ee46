"""What one event costs does not grow with what the desk holds. Counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.metrics.recorder import Recorder
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.update import update
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, CARDS, TAX, Desk, a_desk, cid, facts, line

TraceFunction = Callable[[FrameType, str, Any], Any]

SMALL, LARGE = 10, 10_000
FEW_MORE = 60
"""Steps that searching by halves may add when there is a thousand times as much to search."""


def steps(work: Callable[[], object]) -> int:
    """Steps of the interpreter while ``work`` runs."""
    count = 0

    def counting(frame: FrameType, kind: str, _argument: object) -> TraceFunction:
        nonlocal count
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += kind == "opcode"
        return counting

    before = sys.gettrace()
    sys.settrace(counting)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def full_desk(waiting: int) -> Desk:
    """Two conversations of the agent's, and many who wait in two queues."""
    desk = a_desk(1, 2)
    told = (
        facts(number, queue=(TAX, CARDS)[number % 2], waiting_since=100.0 + number)
        for number in range(10, 10 + waiting)
    )
    desk.tell(e.ConversationsListed(tuple(told), whole=False))
    return desk


EVENTS: dict[str, e.DeskEvent] = {
    "a customer writes": e.MessageReceived(cid(2), line(5, MessageKind.CUSTOMER, 300.0), None, None),
    "a waiting customer writes": e.MessageReceived(cid(15), line(5, MessageKind.CUSTOMER, 300.0), None, None),
    "an agent answers": e.MessageReceived(cid(15), line(5, MessageKind.AGENT, 300.0), None, None),
    "a customer arrives": e.ConversationChanged(facts(9, waiting_since=104.5)),
    "a colleague takes one": e.ConversationChanged(facts(15, assignee=BENGT)),
    "one is resolved": e.ConversationChanged(facts(15, status=Status.RESOLVED)),
    "one moves": e.ConversationChanged(facts(15, queue=TAX)),
    "the longest is wanted": e.LongestWaitingRequested(),
    "one is taken": e.ConversationTaken(facts(15, assignee=AINO)),
    "the most urgent is wanted": e.MostUrgentRequested(),
    "a key is typed": e.DraftChanged(cid(1), "H", note=False),
    "a reply is sent": e.ReplySubmitted(cid(1), "Hei", note=False, echo=EchoId("e1")),
    "a second passes": e.Ticked(),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
def test_an_event_costs_the_same_with_a_thousand_times_as_many_waiting(event: e.DeskEvent) -> None:
    small, large = full_desk(SMALL), full_desk(LARGE)
    few = steps(partial(update, small.state, event, small.now))
    many = steps(partial(update, large.state, event, large.now))
    assert many <= few + FEW_MORE


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
def test_writing_an_event_down_costs_the_same_with_a_thousand_times_as_many(event: e.DeskEvent) -> None:
    counts = []
    for waiting in (SMALL, LARGE):
        desk, recorder = full_desk(waiting), Recorder(everybody=False)
        told = tuple(facts(number, waiting_since=100.0 + number) for number in range(10, 10 + waiting))
        recorder.facts_of(desk.state, e.ConversationsListed(told, whole=False), 100.0)
        desk.tell(event)
        counts.append(steps(partial(recorder.facts_of, desk.state, event, 100.0)))
    assert counts[1] <= counts[0] + FEW_MORE


@pytest.mark.parametrize("kind", [MessageKind.CUSTOMER, MessageKind.AGENT, MessageKind.NOTE])
def test_a_message_costs_the_same_in_a_long_conversation(kind: MessageKind) -> None:
    counts = []
    for held in (SMALL, LARGE):
        desk = a_desk(1)
        told = (line(number, MessageKind.CUSTOMER, 100.0 + number) for number in range(held))
        desk.tell(e.NewestLoaded(cid(1), tuple(told), more=False))
        event = e.MessageReceived(cid(1), line(held + 1, kind, 200.0 + held), None, None)
        counts.append(steps(partial(update, desk.state, event, desk.now)))
    assert counts[1] <= counts[0] + FEW_MORE


SELECTORS: dict[str, Callable[[DeskState], object]] = {
    "the first rows": partial(selectors.waiting_rows, limit=5),
    "how many": selectors.waiting_count,
    "how long": selectors.longest_since,
    "queues": selectors.queue_rows,
    "tabs": selectors.tab_rows,
}


@pytest.mark.parametrize("select", SELECTORS.values(), ids=SELECTORS.keys())
def test_what_the_screen_shows_costs_what_it_shows(select: Callable[[DeskState], object]) -> None:
    few = steps(partial(select, full_desk(SMALL).state))
    assert steps(partial(select, full_desk(LARGE).state)) <= few + FEW_MORE


def test_a_search_through_everything_would_be_noticed() -> None:
    small, large = full_desk(SMALL).state, full_desk(LARGE).state
    few, many = (steps(partial(_search, state)) for state in (small, large))
    assert many > few + FEW_MORE


def _search(state: DeskState) -> list[Chat]:
    return [chat for chat in state.chats.values() if chat.assignee is None]
