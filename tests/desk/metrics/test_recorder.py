"""What the desk is told becomes facts, each once, with the times of the server."""

from __future__ import annotations

from typing import Any

from agent_tui.desk import events as e
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.recorder import Recorder
from agent_tui.desk.passages import Marks, Passage
from agent_tui.desk.private_numbers import masked
from agent_tui.desk.text import Displayable
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, CARDS, TAX, Desk, a_desk, cid, facts, label, line


class Lead:
    """A desk with a recorder beside it."""

    def __init__(self) -> None:
        self.desk: Desk = a_desk()
        self.recorder = Recorder()

    def hears(self, event: e.DeskEvent, now: float = 500.0) -> list[tuple[Kind, float]]:
        self.desk.tell(event)
        self.made: list[Fact] = self.recorder.facts_of(self.desk.state, event, now)
        return [(fact.kind, fact.at / 1000) for fact in self.made]

    def changed(self, **changes: Any) -> list[tuple[Kind, float]]:
        return self.hears(e.ConversationChanged(facts(1, **changes)))

    def writes(self, kind: MessageKind, number: int, at: float) -> list[tuple[Kind, float]]:
        return self.hears(e.MessageReceived(cid(1), line(number, kind, at), None, None))


def test_an_arrival_waits_until_a_human_answers() -> None:
    lead = Lead()
    assert lead.changed() == [(Kind.ARRIVED, 100), (Kind.WAITS, 100)]
    assert lead.writes(MessageKind.AUTOMATIC, 1, 110) == []
    assert lead.writes(MessageKind.AGENT, 2, 130) == [(Kind.ANSWERED, 130), (Kind.REPLIED, 130)]
    assert lead.writes(MessageKind.CUSTOMER, 3, 150) == [(Kind.WAITS, 150), (Kind.WROTE, 150)]


def test_doubled_events_make_no_facts() -> None:
    lead = Lead()
    lead.changed()
    lead.writes(MessageKind.CUSTOMER, 1, 120)
    assert lead.changed() == []
    assert lead.writes(MessageKind.CUSTOMER, 1, 120) == []


def test_a_message_that_comes_before_its_conversation_is_counted() -> None:
    lead = Lead()
    assert lead.writes(MessageKind.CUSTOMER, 1, 100) == []
    assert lead.changed() == [(Kind.ARRIVED, 100), (Kind.WAITS, 100), (Kind.WROTE, 100)]


def test_taking_moving_sleeping_and_closing_are_told() -> None:
    lead = Lead()
    lead.changed()
    assert lead.changed(assignee=BENGT, updated_at=120.0) == [(Kind.TAKEN, 120)]
    assert lead.made[0].agent == BENGT.id
    assert lead.changed(assignee=BENGT, queue=CARDS, updated_at=130.0) == [(Kind.MOVED, 130)]
    asleep = lead.changed(assignee=BENGT, queue=CARDS, status=Status.SNOOZED, updated_at=140.0)
    assert asleep == [(Kind.PAUSED, 140)]
    assert lead.hears(e.ConversationsListed((), whole=True)) == []
    assert lead.changed(status=Status.RESOLVED, queue=CARDS, updated_at=150.0) == [(Kind.CLOSED, 150)]
    assert lead.changed(status=Status.RESOLVED, queue=CARDS, updated_at=151.0) == []


def test_who_is_missing_from_a_whole_list_is_closed() -> None:
    lead = Lead()
    lead.changed()
    assert lead.hears(e.ConversationsListed((), whole=False)) == []
    assert lead.hears(e.ConversationsListed((), whole=True), now=700.0) == [(Kind.CLOSED, 700)]


def test_one_who_comes_back_is_no_new_arrival() -> None:
    lead = Lead()
    lead.changed(waiting_since=None, first_reply_at=110.0)
    lead.changed(status=Status.RESOLVED, updated_at=150.0, waiting_since=None, first_reply_at=110.0)
    back = lead.changed(updated_at=200.0, waiting_since=200.0, first_reply_at=110.0)
    assert back == [(Kind.ANSWERED, 200), (Kind.WAITS, 200)]


def test_tags_are_told_when_they_change_and_also_when_it_is_closed_already() -> None:
    lead = Lead()
    assert lead.changed(tags=(label("vero"),)) == [(Kind.ARRIVED, 100), (Kind.WAITS, 100), (Kind.TAGGED, 100)]
    assert lead.changed(tags=(label("vero"),)) == []
    closed = lead.changed(status=Status.RESOLVED, tags=(label("refund"),), updated_at=150.0)
    assert closed == [(Kind.TAGGED, 150), (Kind.CLOSED, 150)]
    assert lead.changed(status=Status.RESOLVED, tags=(), updated_at=160.0) == [(Kind.TAGGED, 160)]
    assert [(fact.tags, fact.channel) for fact in lead.made] == [((), "Channel::WebWidget")]
    back = lead.changed(tags=(label("vero"),), updated_at=170.0)
    assert back == [(Kind.MOVED, 170), (Kind.WAITS, 100), (Kind.TAGGED, 170)]


def test_a_colleagues_chat_that_my_own_lists_lack_is_not_over() -> None:
    lead = Lead()
    lead.recorder = Recorder(everybody=False)
    lead.changed(assignee=BENGT)
    assert lead.hears(e.ConversationsListed((), whole=True)) == []
    lead.changed(assignee=AINO, updated_at=120.0)
    assert lead.hears(e.ConversationsListed((), whole=True), now=700.0) == [(Kind.CLOSED, 700)]


def test_a_reply_that_began_from_a_canned_response_and_private_numbers_are_counted() -> None:
    lead = Lead()
    lead.changed(assignee=AINO)
    marks = Marks(passages=(Passage(start=0, end=3, key="tax/refund", shortcut="refund"),))
    lead.hears(e.ReplySubmitted(cid(1), "Hei", False, EchoId("e1"), marks))
    echoed = line(2, MessageKind.AGENT, 130.0, mine=True, echo=EchoId("e1"))
    lead.hears(e.ReplySent(cid(1), EchoId("e1"), echoed))
    assert [fact.canned for fact in lead.made if fact.kind is Kind.REPLIED] == [True]
    lead.hears(e.MessageReceived(cid(1), echoed, None, None))
    assert lead.made == []
    number = "131052-308T"
    hidden = line(3, MessageKind.CUSTOMER, 140.0, raw=number, masked=masked(Displayable(number)))
    lead.hears(e.MessageReceived(cid(1), hidden, None, None))
    assert [fact.private for fact in lead.made if fact.kind is Kind.WROTE] == [1]


def test_a_board_that_starts_again_with_its_facts_shows_the_same() -> None:
    desk, board = a_desk(), Board()
    kept: list[Fact] = []
    for event in (
        e.ConversationChanged(facts(1)),
        e.ConversationChanged(facts(2, assignee=BENGT, first_reply_at=130.0, waiting_since=150.0)),
    ):
        desk.tell(event)
        kept += board.take(desk.state, event, 200.0)
    again = Board()
    again.restore(kept)
    listed = e.ConversationsListed(
        (facts(1), facts(2, assignee=BENGT, first_reply_at=130.0, waiting_since=150.0)), whole=True
    )
    desk.tell(listed)
    assert again.take(desk.state, listed, 210.0) == []
    assert again.queues(desk.state, 210.0) == board.queues(desk.state, 210.0)
    assert again.agents(desk.state, 210.0) == board.agents(desk.state, 210.0)
    first = max(board.queues(desk.state, 210.0), key=lambda row: row.figures.waiting)
    assert (first.queue, first.figures.waiting_first, first.figures.waiting_next) == (TAX, 1, 1)
