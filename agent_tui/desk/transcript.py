"""The lines of a conversation as shown, and what has become of those the agent wrote.

Texts from outside are :class:`Displayable`; the raw form stays only where it can be asked for.
Times are epoch seconds by the server's clock unless a name says ``local``.
"""

from __future__ import annotations

import enum
from typing import Final

from msgspec import Struct, field

from agent_tui.desk.file_model import Chosen, FileLine
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import NOTHING, Displayable
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import MessageKind

Order = tuple[float, int]
"""When a line was written (server time), and its sequence among those of the same moment."""

LONG_AGO: Final[Order] = (0.0, 0)
"""Before every line."""


class Fate(enum.Enum):
    """What has become of a line the agent wrote, or ``RECEIVED`` for everybody else's."""

    RECEIVED = "received"
    QUEUED = "queued"
    """Waits for its turn; the agent may still take it back."""
    SENDING = "sending"
    SENT = "sent"
    LEFT = "left"
    """Sent, and the customer was gone before it was delivered."""
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Line(Struct, frozen=True, gc=False):
    """One message as shown. A changed message is a new ``Line``, so a painter may cache by identity."""

    key: MessageId | EchoId
    """The server's id, or the echo id while the server has not answered."""
    echo: EchoId | None
    kind: MessageKind
    author: Displayable
    mine: bool
    text: Displayable
    altered: bool
    """Something that cannot be shown was taken out of the text."""
    cut: bool
    """The text goes on beyond what is shown."""
    raw: str
    """As it came; never painted."""
    at: float
    sequence: int
    fate: Fate = Fate.RECEIVED
    problem: Displayable = NOTHING
    """Why it failed, in the server's or the system's words."""
    trouble: Trouble | None = None
    """Why it failed, as far as it calls for words of our own."""
    files: tuple[FileLine, ...] = ()
    uploads: tuple[Chosen, ...] = ()
    """The same of a line of ours that the server has not confirmed: where they are on this machine."""
    handed: int | None = None
    """Percent of them handed over so far."""
    deleted: bool = False
    while_away: bool = False
    """Arrived while the connection was down."""
    sent_after: MessageId | None = None
    """Of a line the server has not confirmed: the newest message known when it was first sent."""
    masked: Displayable = NOTHING
    """The text with private numbers starred out, of the same length; empty when it has none."""

    @property
    def shielded(self) -> Displayable:
        """The text as it is shown until the agent asks to see all of it."""
        return self.masked or self.text

    @property
    def order(self) -> Order:
        """What lines are sorted by."""
        return (self.at, self.sequence)

    @property
    def local(self) -> bool:
        """Not known to be on the server: on its way, or failed on it."""
        return self.echo is not None and self.key == self.echo

    @property
    def in_flight(self) -> bool:
        """To be sent, or being sent."""
        return (self.fate is Fate.QUEUED or self.fate is Fate.SENDING) and self.local


class Older(enum.Enum):
    """What is known about messages before the first line."""

    NOT_FETCHED = "not fetched"
    LOADING = "loading"
    MORE = "more"
    COMPLETE = "complete"


class Transcript(Struct):
    """The lines of one conversation, oldest first. ``revision`` grows with every change.

    Lines being sent stand last, in the order sent; all others are sorted by their order.
    """

    lines: list[Line] = field(default_factory=list)
    older: Older = Older.NOT_FETCHED
    revision: int = 0
    fetched: bool = False
    """The newest page has been loaded and nothing is missing after it, but for ``gap``."""
    gap: bool = False
    """Lines may be missing since the connection was lost."""
    proved: MessageId | None = None
    """The newest line up to which nothing is missing for certain: behind it a push may have got lost."""
    checking: Order | None = None
    """Lines before this may have changed since the connection was lost, and are being read again."""
    failed_at_local: float | None = None
    """When fetching the newest page or the missed lines last failed; ``None`` once it has worked."""
    sending: int = 0
    """Lines being sent, at the end of ``lines``."""
    undelivered: int = 0
    """Lines of ours that failed."""
    orders: dict[MessageId | EchoId, Order] = field(default_factory=dict)
    """Where to look for a line by its key."""

    def __post_init__(self) -> None:
        if self.lines:
            self.orders = {line.key: line.order for line in self.lines}
            self.sending = sum(line.in_flight for line in self.lines)
            self.undelivered = sum(line.mine and line.fate is Fate.FAILED for line in self.lines)


class Unsent(Struct, frozen=True):
    """A reply or note that the server is not known to have, as it is kept on this machine."""

    conversation: ConversationId
    echo: EchoId
    text: str
    note: bool
    after: MessageId | None
    """The newest message known when it was written: it can only stand behind that one."""
    files: tuple[Chosen, ...] = ()
