"""Whatever comes, in whatever order, doubled or too late: what the desk promises holds."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk import lines, selectors
from agent_tui.desk.effects import DeskEffect, KeepText, Resolve, SendReply, SetTags, TakeConversation
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.steps import HeldText, Holds
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Line
from agent_tui.desk.update import update
from agent_tui.desk.waiting import wait
from api_client.models.conversation import Priority, Status
from api_client.models.identity import ConversationId, EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import (
    AINO,
    BENGT,
    CARDS,
    QUEUES,
    TAX,
    UNREACHABLE,
    cid,
    facts,
    label,
    line,
)

NUMBERS = st.integers(1, 3)
TIMES = st.sampled_from([0.0, 100.0, 100.5, 101.0, 103.0, 110.0, 150.0])
TEXTS = st.sampled_from(["", " ", "Hei", "Hei \x1b[2J", "Tack\n"])
ECHOES = st.sampled_from([EchoId(f"e{number}") for number in range(6)])
KINDS = st.sampled_from(list(MessageKind))
TOLD = st.builds(
    facts,
    NUMBERS,
    queue=st.sampled_from([TAX, CARDS]),
    status=st.sampled_from([Status.OPEN, Status.OPEN, Status.OPEN, *Status]),
    assignee=st.sampled_from([None, AINO, AINO, BENGT]),
    updated_at=TIMES,
    last_activity_at=TIMES,
    waiting_since=st.none() | TIMES,
    first_reply_at=st.none() | TIMES,
    seen_by_customer_at=st.none() | TIMES,
    unread=st.integers(0, 3),
)


@st.composite
def server_lines(draw: st.DrawFn) -> Line:
    """A message as the server has it: the same number is always the same message."""
    number = draw(st.integers(1, 15))
    kind = list(MessageKind)[number % len(MessageKind)]
    fates = [Fate.SENT, Fate.DELIVERED, Fate.READ, Fate.FAILED]
    fate = Fate.RECEIVED if kind is MessageKind.CUSTOMER else draw(st.sampled_from(fates))
    echo = draw(st.none() | ECHOES) if kind in {MessageKind.AGENT, MessageKind.NOTE} else None
    mine = echo is not None
    return line(
        number, kind, 100.0 + number // 3, fate=fate, echo=echo, mine=mine, deleted=draw(st.booleans())
    )


PAGES = st.lists(server_lines(), max_size=6, unique_by=lambda shown: shown.key).map(
    lambda page: tuple(sorted(page, key=lambda shown: shown.order))
)
LINES: st.SearchStrategy[e.DeskEvent] = st.one_of(
    st.builds(e.MessageReceived, NUMBERS.map(cid), server_lines(), st.none() | st.integers(0, 9), st.none()),
    st.builds(e.MessageReceived, NUMBERS.map(cid), server_lines(), st.none(), TIMES),
    st.builds(e.MessageChanged, NUMBERS.map(cid), server_lines()),
    st.builds(e.NewestLoaded, NUMBERS.map(cid), PAGES, st.booleans()),
    st.builds(e.OlderLoaded, NUMBERS.map(cid), PAGES, st.booleans()),
    st.builds(e.MissedLoaded, NUMBERS.map(cid), PAGES),
)
SIMPLE: st.SearchStrategy[e.DeskEvent] = st.one_of(
    st.builds(e.ServedQueuesChosen, st.frozensets(st.sampled_from([TAX, CARDS]))),
    st.builds(e.LongestWaitingRequested),
    st.builds(e.ConversationPicked, NUMBERS.map(cid)),
    st.builds(e.TabSelected, NUMBERS.map(cid)),
    st.builds(e.MostUrgentRequested),
    st.builds(e.UndoRequested),
    st.builds(e.NotesLoaded, NUMBERS.map(cid), st.just(())),
    st.builds(e.CustomerNoteWritten, NUMBERS.map(cid), TEXTS),
    st.builds(e.CustomerNotSaved, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.DetailChanged, NUMBERS.map(cid), TEXTS, TEXTS),
    st.builds(e.LeavingRequested),
    st.builds(e.TabStepped, st.integers(-2, 2)),
    st.builds(e.RetryRequested, NUMBERS.map(cid), ECHOES),
    st.builds(e.OlderRequested, NUMBERS.map(cid)),
    st.builds(e.TagsChosen, NUMBERS.map(cid), st.frozensets(st.sampled_from(["a", "b", "c"]))),
    st.builds(e.LinksSearched, TEXTS, st.none()),
    st.builds(e.LinksFound, TEXTS, st.just(())),
    st.builds(e.LinksFailed, TEXTS, st.just(UNREACHABLE)),
    st.builds(e.AvailabilityChosen, st.sampled_from([AINO.availability])),
    st.builds(e.AvailabilityFailed, st.just(AINO.availability), st.just(UNREACHABLE)),
    st.builds(e.SignedIn, st.just(AINO), st.just(Displayable("")), st.just(frozenset())),
    st.builds(
        e.CatalogLoaded, st.just(QUEUES), st.just((AINO, BENGT)), st.just(()), st.just({}), st.just(())
    ),
    st.builds(e.TakeLost, NUMBERS.map(cid), st.just(BENGT.name)),
    st.builds(e.TakeFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(
        e.HandOverRequested, NUMBERS.map(cid), st.sampled_from([None, BENGT.id]), st.none(), TEXTS, ECHOES
    ),
    st.builds(e.PeekRequested, st.integers(1, 4).map(cid)),
    st.builds(e.SnoozeRequested, NUMBERS.map(cid), st.none()),
    st.builds(e.MuteRequested, NUMBERS.map(cid)),
    st.builds(e.PriorityChosen, NUMBERS.map(cid), st.none() | st.sampled_from(Priority)),
    st.builds(e.PriorityFailed, NUMBERS.map(cid), st.none(), st.just(UNREACHABLE)),
    st.builds(e.SleepingRequested),
    st.builds(e.SleepingListed, st.just(())),
    st.builds(e.SleepingFailed, st.just(UNREACHABLE)),
    st.builds(e.PeekLeft),
    st.builds(e.PeekKept),
    st.builds(e.LookedAt, TOLD),
    st.builds(e.LookFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.PreviousRequested, NUMBERS.map(cid)),
    st.builds(e.PreviousLoaded, NUMBERS.map(cid), st.just(())),
    st.builds(e.PreviousFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.Parted, TOLD),
    st.builds(e.PartingLost, TOLD),
    st.builds(e.PartingFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.ResolveFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.TagsSaved, NUMBERS.map(cid), st.just((label("a"),))),
    st.builds(e.TagsFailed, NUMBERS.map(cid), st.just(()), st.just(UNREACHABLE)),
    st.builds(e.LoadFailed, NUMBERS.map(cid), st.just(UNREACHABLE)),
    st.builds(e.TypingSeen, NUMBERS.map(cid), st.just(BENGT.name), st.booleans(), st.booleans()),
    st.builds(e.CustomerRead, NUMBERS.map(cid), TIMES),
    st.builds(e.PresenceSeen, st.just({})),
    st.builds(e.ConnectionOpened),
    st.builds(e.ConnectionDropped, st.just("closed"), st.just(1.0), st.just(1)),
    st.builds(e.AccessRefused),
    st.builds(e.ServerHeard, st.sampled_from([-900.0, 0.0])),
    st.builds(e.StorageFailed, st.just(UNREACHABLE)),
    st.builds(e.StartFailed, st.just(UNREACHABLE)),
    st.builds(e.Ticked),
)


FROM_THE_SERVER = (
    e.ConversationChanged,
    e.ConversationsListed,
    e.MessageReceived,
    e.MessageChanged,
    e.NewestLoaded,
    e.OlderLoaded,
    e.MissedLoaded,
)
HOLDS = (Holds(), Holds(5.0), Holds(5.0, 5.0), Holds(0.0, 30.0))


class AnyOrder(RuleBasedStateMachine):
    """Events of every kind against one desk; the effects are answered late, twice, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.state = DeskState()
        self.now = 1000.0
        self.sent: dict[EchoId, SendReply] = {}
        self.effects: list[DeskEffect] = []
        self.numbers = itertools.count(100)
        self.answers: dict[EchoId, Line] = {}
        self.next_echo = itertools.count()

    def tell(self, event: e.DeskEvent) -> list[DeskEffect]:
        with_draft = {id_ for id_ in self.state.tabs if self.state.chats[id_].draft.text.strip()}
        before = self.state.active
        effects = update(self.state, event, self.now)
        self._nobody_else_comes_forward(before, event)
        closed = (
            {event.conversation}
            if isinstance(event, e.TabClosed | e.ReplySubmitted | e.DraftChanged)
            else set()
        )
        if isinstance(event, e.ResolveRequested) and not any(isinstance(one, Resolve) for one in effects):
            closed = {event.conversation}
        assert with_draft - closed <= set(self.state.tabs), "a tab with a draft was lost"
        self.effects = (self.effects + effects)[-40:]
        self.sent |= {effect.echo: effect for effect in effects if isinstance(effect, SendReply)}
        return effects

    def _nobody_else_comes_forward(self, before: ConversationId | None, event: e.DeskEvent) -> None:
        """Only what the agent does brings another customer before them; a chat that is lost leaves nobody."""
        active = self.state.active
        if before is None or active == before:
            return
        if active is None and self.state.peeked is None:
            assert before not in self.state.tabs, "a chat that is still there went out of sight"
        if isinstance(event, FROM_THE_SERVER):
            assert active is None, "another customer came before the agent by itself"

    @initialize(early=st.booleans(), holds=st.sampled_from(HOLDS))
    def start(self, early: bool, holds: Holds) -> None:  # noqa: FBT001  a drawn value
        self.state.holds = holds
        if early:
            self.tell(
                e.ConversationsListed(tuple(facts(number, assignee=AINO) for number in (1, 2)), whole=True)
            )
            self.tell(e.SignedIn(AINO, Displayable(""), frozenset()))
            self.tell(e.CatalogLoaded(QUEUES, (AINO, BENGT), (), {}, ()))
            self.tell(e.ConnectionOpened())

    @rule(event=SIMPLE)
    def something_happens(self, event: e.DeskEvent) -> None:
        self.tell(event)

    @rule(event=LINES)
    def lines_come(self, event: e.DeskEvent) -> None:
        self.tell(event)

    @rule(event=LINES)
    def lines_come_twice(self, event: e.DeskEvent) -> None:
        self.tell(event)
        self.tell(event)

    @rule(number=NUMBERS)
    def a_conversation_is_the_agents(self, number: int) -> None:
        self.tell(e.ConversationChanged(facts(number, assignee=AINO, updated_at=0.0)))

    @rule(told=TOLD)
    def a_conversation_is_told_of(self, told: e.ChatFacts) -> None:
        self.tell(e.ConversationChanged(told))
        if told.updated_at >= self.state.chats[told.id].updated_at > 0 and told.status is not Status.OPEN:
            assert told.id not in self.state.waiting

    @rule(told=st.lists(TOLD, max_size=4), whole=st.booleans())
    def conversations_are_listed(self, told: list[e.ChatFacts], whole: bool) -> None:  # noqa: FBT001  drawn
        self.tell(e.ConversationsListed(tuple(told), whole))

    @rule(told=TOLD)
    def one_is_taken_or_resolved(self, told: e.ChatFacts) -> None:
        status = told.status
        event = e.ConversationTaken(told) if status is Status.OPEN else e.Resolved(told)
        self.tell(event)

    @rule(number=NUMBERS, text=TEXTS, note=st.booleans())
    def the_agent_types(self, number: int, text: str, note: bool) -> None:  # noqa: FBT001  drawn
        self.tell(e.DraftChanged(cid(number), text, note))
        if cid(number) in self.state.chats:
            assert self.state.chats[cid(number)].draft.text == text

    @rule(number=NUMBERS, text=TEXTS, note=st.booleans())
    def the_agent_sends(self, number: int, text: str, note: bool) -> None:  # noqa: FBT001  drawn
        echo = EchoId(f"x{next(self.next_echo)}")
        effects = self.tell(e.ReplySubmitted(cid(number), text, note, echo))
        known = cid(number) in self.state.chats
        assert any(isinstance(one, SendReply | KeepText) for one in effects) is (known and bool(text.strip()))

    @rule(number=NUMBERS)
    def the_agent_has_read_a_card(self, number: int) -> None:
        self.tell(e.CardRead(cid(number), "⇄ ✓ Read", EchoId(f"x{next(self.next_echo)}")))

    @rule(number=NUMBERS)
    def the_agent_puts_a_tab_away(self, number: int) -> None:
        self.tell(e.TabClosed(cid(number)))

    @rule(number=NUMBERS)
    def the_agent_resolves(self, number: int) -> None:
        self.tell(e.ResolveRequested(cid(number)))

    @rule(data=st.data(), push=st.booleans(), named=st.booleans())
    def a_reply_reaches_the_server(self, data: st.DataObject, push: bool, named: bool) -> None:  # noqa: FBT001
        if not self.sent:
            return
        effect = self.sent[data.draw(st.sampled_from(sorted(self.sent)))]
        made = self.answers.get(effect.echo) or self._made(effect)
        self.answers[effect.echo] = made
        if push:
            self.tell(e.MessageReceived(effect.conversation, made, None, None))
        else:
            answer = made if named else replace(made, echo=None)
            self.tell(e.ReplySent(effect.conversation, effect.echo, answer))

    def _made(self, effect: SendReply) -> Line:
        number = next(self.numbers)
        kind = MessageKind.NOTE if effect.note else MessageKind.AGENT
        return line(number, kind, 120.0 + number // 4, raw=effect.text, echo=effect.echo, mine=True)

    @rule(data=st.data())
    def a_reply_fails(self, data: st.DataObject) -> None:
        if self.sent:
            effect = self.sent[data.draw(st.sampled_from(sorted(self.sent)))]
            self.tell(e.ReplyFailed(effect.conversation, effect.echo, UNREACHABLE))

    @rule(data=st.data())
    def a_failed_line_is_sent_again(self, data: st.DataObject) -> None:
        if self.sent:
            effect = self.sent[data.draw(st.sampled_from(sorted(self.sent)))]
            self.tell(e.RetryRequested(effect.conversation, effect.echo))

    @rule(data=st.data())
    def the_backend_answers(self, data: st.DataObject) -> None:
        """Take, resolve and tag as the desk asked for."""
        asked = [one for one in self.effects if isinstance(one, TakeConversation | Resolve | SetTags)]
        if asked:
            self.tell(_answer_to(data.draw(st.sampled_from(asked))))

    @rule(seconds=st.sampled_from([0.5, 3.0, 31.0, 700.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.tell(e.Ticked())

    @invariant()
    def every_line_stands_once_and_in_order(self) -> None:
        for chat in self.state.chats.values():
            check_transcript(chat)

    @invariant()
    def every_reply_on_its_way_or_failed_is_one_line(self) -> None:
        for echo, effect in self.sent.items():
            chat = self.state.chats.get(effect.conversation)
            count = 0 if chat is None else sum(one.echo == echo for one in chat.transcript.lines)
            assert count <= 1
            assert count == 1 or echo in self.answers

    @invariant()
    def every_text_held_back_is_queued_and_was_not_sent(self) -> None:
        for step in self.state.steps:
            if isinstance(step, HeldText):
                assert step.echo not in self.sent
                assert lines.queued(self.state.chats[step.conversation].transcript, step.echo) is not None

    @invariant()
    def the_waiting_order_equals_a_search_of_everything(self) -> None:
        chats = self.state.chats.values()
        open_for_all = [chat for chat in chats if chat.assignee is None and chat.status is Status.OPEN]
        expected = sorted((wait(chat), chat.id) for chat in open_for_all)
        assert list(self.state.waiting.merged([TAX, CARDS])) == expected
        for queue in (TAX, CARDS):
            assert self.state.waiting.count(queue) == sum(chat.queue == queue for chat in open_for_all)
        assert len(self.state.waiting) == len(expected)

    @invariant()
    def the_agent_looks_at_an_open_tab_or_at_none(self) -> None:
        state = self.state
        assert len(set(state.tabs)) == len(state.tabs)
        if state.peeked is not None:
            assert state.active is None
            assert state.peeked in state.chats
        else:
            assert state.active is None or state.active in state.tabs
        assert set(state.tabs) <= state.chats.keys()

    @invariant()
    def everything_can_be_shown(self) -> None:
        selectors.tab_rows(self.state)
        selectors.queue_rows(self.state)
        assert len(selectors.waiting_rows(self.state)) == selectors.waiting_count(self.state)


def _answer_to(effect: Any) -> e.DeskEvent:
    number = int(effect.conversation)
    match effect:
        case TakeConversation():
            return e.ConversationTaken(facts(number, assignee=AINO, updated_at=150.0))
        case Resolve():
            return e.Resolved(facts(number, assignee=AINO, status=Status.RESOLVED, updated_at=150.0))
        case _:
            return e.TagsFailed(effect.conversation, effect.was, UNREACHABLE)


def check_transcript(chat: Chat) -> None:
    transcript = chat.transcript
    shown = transcript.lines
    keys = [one.key for one in shown]
    assert len(set(keys)) == len(keys)
    assert transcript.orders == {one.key: one.order for one in shown}
    settled = [one for one in shown if not one.in_flight]
    assert shown[: len(settled)] == settled
    assert [one.order for one in settled] == sorted(one.order for one in settled)
    assert transcript.sending == len(shown) - len(settled)
    assert transcript.undelivered == sum(one.mine and one.fate is Fate.FAILED for one in shown)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=100, stateful_step_count=60, deadline=None)
