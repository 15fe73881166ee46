"""A desk to try events on, and invented people to make events from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.model import Card, Chat, Colleague, DeskState, Label, QueueInfo
from agent_tui.desk.notice import Notice
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable, clean_block, clean_line
from agent_tui.desk.transcript import Fate, Line
from agent_tui.desk.update import update
from api_client.models.conversation import Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.message import MessageKind
from api_client.models.people import Availability

AINO = Colleague(AgentId("1"), Displayable("Aino Virta"), Availability.ONLINE)
"""The signed-in agent."""
BENGT = Colleague(AgentId("2"), Displayable("Bengt Ek"), Availability.ONLINE)
TAX = QueueId("tax")
CARDS = QueueId("cards")
QUEUES = (
    QueueInfo(TAX, Displayable("Online tax return"), "Online tax return", member=True),
    QueueInfo(CARDS, Displayable("Tax card"), "Tax card", member=True),
    QueueInfo(QueueId("notices"), Displayable("Notices"), "Notices", member=False),
)
UNREACHABLE = Problem(Trouble.UNREACHABLE)


def cid(number: int) -> ConversationId:
    return ConversationId(str(number))


def label(value: str) -> Label:
    return Label(value, clean_line(value))


def facts(number: int, **changes: Any) -> e.ChatFacts:
    """A waiting conversation in the tax queue, begun at second 100."""
    name = f"Customer {number}"
    usual = e.ChatFacts(
        id=cid(number),
        queue=TAX,
        inbox=QueueId("web"),
        card=Card(ContactId(f"c{number}"), Displayable(name), name),
        status=Status.OPEN,
        created_at=100.0,
        updated_at=100.0,
        last_activity_at=100.0,
        assignee=None,
        tags=(),
        priority=None,
        waiting_since=100.0,
        first_reply_at=None,
        seen_by_customer_at=None,
        unread=0,
        language="fi",
        channel="Channel::WebWidget",
        page=Displayable(""),
        last_line=None,
    )
    return replace(usual, **changes)


def line(number: int, kind: MessageKind, at: float, **changes: Any) -> Line:
    """Message ``number`` as the server has it; its text is its number unless ``raw`` says else."""
    raw = changes.pop("raw", f"message {number}")
    cleaned = clean_block(raw)
    usual = Line(
        key=MessageId(str(number)),
        echo=None,
        kind=kind,
        author=Displayable("Somebody"),
        mine=False,
        text=cleaned.text,
        altered=cleaned.altered,
        cut=cleaned.cut,
        raw=raw,
        at=at,
        sequence=number,
        fate=Fate.RECEIVED if kind is MessageKind.CUSTOMER else Fate.SENT,
    )
    return replace(usual, **changes)


@dataclass
class Desk:
    """A signed-in desk whose clock and events are in the test's hands."""

    state: DeskState = field(default_factory=DeskState)
    now: float = 1000.0

    def tell(self, event: e.DeskEvent, *, after: float = 0.0) -> list[DeskEffect]:
        """Apply an event ``after`` seconds; returns the effects."""
        self.now += after
        return update(self.state, event, self.now)

    def chat(self, number: int) -> Chat:
        return self.state.chats[cid(number)]

    def lines(self, number: int) -> list[str]:
        return [shown.raw for shown in self.chat(number).transcript.lines]

    def fates(self, number: int) -> list[Fate]:
        return [shown.fate for shown in self.chat(number).transcript.lines]

    def waiting(self) -> list[ConversationId]:
        """Everybody who waits in the tax and card queues, longest first."""
        return [conversation for _, conversation in self.state.waiting.merged([TAX, CARDS])]

    def arrives(self, number: int, **changes: Any) -> list[DeskEffect]:
        """A customer comes to wait."""
        return self.tell(e.ConversationChanged(facts(number, **changes)))

    def holds(self, *numbers: int) -> None:
        """Conversations of the agent's, answered, loaded, open in tabs; the first is before their eyes."""
        for number in numbers:
            self.arrives(number, assignee=AINO, waiting_since=None, first_reply_at=90.0)
            self.tell(e.NewestLoaded(cid(number), (), more=False))

    def customer_writes(self, number: int, message: int, at: float, **changes: Any) -> list[DeskEffect]:
        wrote = line(message, MessageKind.CUSTOMER, at, **changes)
        return self.tell(e.MessageReceived(cid(number), wrote, None, None))

    def agent_writes(self, number: int, message: int, at: float, **changes: Any) -> list[DeskEffect]:
        wrote = line(message, MessageKind.AGENT, at, **changes)
        return self.tell(e.MessageReceived(cid(number), wrote, None, None))

    def submits(self, number: int, text: str, echo: str, *, note: bool = False) -> list[DeskEffect]:
        return self.tell(e.ReplySubmitted(cid(number), text, note, EchoId(echo)))


def a_desk(*mine: int) -> Desk:
    """Signed in, catalog loaded, listed once, live; the given conversations are open in tabs."""
    desk = Desk()
    desk.tell(e.SignedIn(AINO, Displayable("Tax office"), frozenset()))
    desk.tell(e.CatalogLoaded(QUEUES, (AINO, BENGT), (label("refund"), label("vero")), {}, ()))
    desk.tell(e.ConversationsListed((), whole=True))
    desk.tell(e.ConnectionOpened())
    desk.tell(e.ServerHeard(offset=-900.0))
    desk.holds(*mine)
    return desk


def notices(effects: list[DeskEffect]) -> list[Notice]:
    return [effect.notice for effect in effects if isinstance(effect, Notify)]
