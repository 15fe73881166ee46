"""Who waits and where: the waiting customers, the queues to serve, and the queues on one row."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.message import Message

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import QueueRow, WaitingRow
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.painting import Piece, Pieces, row_width
from agent_tui.widgets.row_list import RowList
from agent_tui.widgets.wait_mark import AGAIN, wait_piece
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId, QueueId
from themes.contract import Ink

_TIME_CELLS = 7
_NAME_CELLS = 18
_LANGUAGE_CELLS = 2
_QUEUE_CELLS = 16
_QUEUE_NAME_CELLS = 32
_SHORT_TIME_CELLS = 5
_EDGE_CELLS = 3
"""The list's mark before each row, and a blank at the end."""
_NUMBERS = "123456789"
_WIDE = 70
"""From this width on all stands on one row, with the queue."""


def _gap() -> Piece:
    return Piece(Displayable("  "))


def _again(row: WaitingRow, cells: int) -> Piece:
    """The gap behind the wait, with the mark of those who were answered before."""
    return Piece(pad(AGAIN if row.again else NOTHING, cells))


def _words(row: WaitingRow) -> Piece:
    if row.being_taken:
        return Piece(say("being taken …"), Ink.QUIET)
    return Piece(row.first_words, Ink.TEXT)


class WaitingList(RowList):
    """Customers nobody has taken, longest first as given. ``show`` paints only rows that differ."""

    class Picked(Message):
        """The agent wants this customer."""

        def __init__(self, conversation: ConversationId) -> None:
            super().__init__()
            self.conversation = conversation

    class Peeked(Message):
        """The agent wants to read what this customer wrote, and not to take them yet."""

        def __init__(self, conversation: ConversationId) -> None:
            super().__init__()
            self.conversation = conversation

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[WaitingRow] = ()
        self._now = 0.0
        self._hint: Displayable = NOTHING

    def show(self, rows: Sequence[WaitingRow], server_now: float, hint: Displayable = NOTHING) -> None:
        """Show who waits at ``server_now``; ``hint`` says what to do when nobody does."""
        face = (tuple(rows), hint, self.seconds(server_now, [row.since for row in self.in_sight(rows)]))
        self._rows, self._now, self._hint = rows, server_now, hint
        if self.wears(face):
            self.rows_changed()

    def count(self) -> int:
        """How many customers wait."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """The conversation."""
        return self._rows[index].conversation

    def heading(self) -> Pieces:
        """How many wait."""
        words = say(" Waiting customers")
        if self._rows:
            words = count(" {n} customer is waiting", " {n} customers are waiting", len(self._rows))
        return (Piece(words, Ink.ACCENT),)

    def empty(self) -> Pieces:
        """What to do when nobody waits."""
        return (Piece(Displayable(f" {self._hint or say('Nobody is waiting.')}"), Ink.QUIET),)

    @property
    def tall(self) -> int:
        """Beside the log, the first words stand on a row of their own."""
        return 1 if self.size.width >= _WIDE else 2

    def row(self, index: int) -> Pieces:
        """Wait, name, language; where there is room, queue and first words too."""
        row = self._rows[index]
        if self.tall == 1:
            language = Piece(pad(Displayable(row.language), _LANGUAGE_CELLS), Ink.QUIET)
            name = Piece(pad(row.customer, _NAME_CELLS), Ink.CUSTOMER)
            queue = Piece(pad(row.queue_name, _QUEUE_CELLS), Ink.QUIET)
            wait = wait_piece(row.since, self._now, row.promise, cells=_TIME_CELLS)
            return (wait, _again(row, 2), name, _gap(), language, _gap(), queue, _gap(), _words(row))
        wait = wait_piece(row.since, self._now, row.promise, cells=_SHORT_TIME_CELLS)
        room = self.size.width - _EDGE_CELLS - row_width((wait,)) - 2
        name = Piece(pad(row.customer, max(4, room - _LANGUAGE_CELLS)), Ink.CUSTOMER)
        return (wait, _again(row, 1), name, Piece(Displayable(f" {row.language}"), Ink.QUIET))

    def below(self, index: int) -> Pieces:
        """The first words, under the name."""
        return (Piece(Displayable(" " * (_SHORT_TIME_CELLS + 3))), _words(self._rows[index]))

    def picked(self, index: int) -> None:
        """Tells which customer is wanted."""
        self.post_message(self.Picked(self._rows[index].conversation))

    def toggled(self, index: int) -> None:
        """Tells whose words are to be read."""
        self.post_message(self.Peeked(self._rows[index].conversation))

    def take_key(self, key: str) -> bool:
        """A digit picks the row with this number."""
        number = int(key) if key in _NUMBERS else 0
        if 0 < number <= self.count():
            self.picked(number - 1)
            return True
        return super().take_key(key)

    def mark(self, index: int, *, chosen: bool) -> Displayable:
        """The number to take a customer by, while the keys are for the list."""
        if chosen or not self.has_focus or index >= len(_NUMBERS):
            return super().mark(index, chosen=chosen)
        return Displayable(f"{index + 1} ")


class QueueList(RowList):
    """The queues with what waits in them; Space or Enter serves one or leaves it."""

    class Toggled(Message):
        """The agent wants to serve the queue, or no longer."""

        def __init__(self, queue: QueueId, *, served: bool) -> None:
            super().__init__()
            self.queue = queue
            self.served = served

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[QueueRow] = ()
        self._now = 0.0
        self._known = False

    def show(self, rows: Sequence[QueueRow], server_now: float, *, known: bool = True) -> None:
        """Show the queues as they stand at ``server_now``; ``known``: the server has told of them."""
        seconds = self.seconds(server_now, [row.longest_since for row in self.in_sight(rows)])
        face = (tuple(rows), known, seconds)
        self._rows, self._now, self._known = rows, server_now, known
        if self.wears(face):
            self.rows_changed()

    def count(self) -> int:
        """How many queues there are."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """The queue."""
        return self._rows[index].queue

    def heading(self) -> Pieces:
        """What the marks mean."""
        return (Piece(say(" Queues"), Ink.ACCENT), Piece(say(" · Space: serve or not"), Ink.QUIET))

    def empty(self) -> Pieces:
        """No queues."""
        if not self._known:
            return ()
        return (Piece(say(" You are in no queue yet. A team lead can add you."), Ink.QUIET),)

    def row(self, index: int) -> Pieces:
        """Served or not, the name, how many wait and the longest wait."""
        row = self._rows[index]
        served = Piece(Displayable("[x] " if row.served else "[ ] "), Ink.ACCENT if row.served else Ink.QUIET)
        tail = self._tail(row)
        room = self.size.width - _EDGE_CELLS - row_width((served, *tail))
        if width(row.name) > room:
            tail = self._short_tail(row)
            room = self.size.width - _EDGE_CELLS - row_width((served, *tail))
        name = pad(row.name, max(4, min(room, _QUEUE_NAME_CELLS)))
        return (served, Piece(name, Ink.TEXT if row.served else Ink.QUIET), *tail)

    def _tail(self, row: QueueRow) -> Pieces:
        number = pad(Displayable(str(row.waiting)), 4, right=True)
        if row.longest_since is None:
            none = pad(Displayable("-"), _SHORT_TIME_CELLS + 2, right=True)
            return (Piece(number, Ink.QUIET), Piece(Displayable(f" {none}"), Ink.QUIET))
        longest = wait_piece(row.longest_since, self._now, row.promise, cells=_SHORT_TIME_CELLS)
        return (Piece(Displayable(f"{number} "), Ink.TEXT), longest)

    def _short_tail(self, row: QueueRow) -> Pieces:
        """Beside a long name: no more cells than the numbers need."""
        number = Displayable(f" {row.waiting}")
        if row.longest_since is None:
            return (Piece(number, Ink.QUIET),)
        return (
            Piece(Displayable(f"{number} "), Ink.TEXT),
            wait_piece(row.longest_since, self._now, row.promise),
        )

    def picked(self, index: int) -> None:
        """Enter does what Space does."""
        self.toggled(index)

    def toggled(self, index: int) -> None:
        """Tells which queue, and whether it is to be served."""
        row = self._rows[index]
        self.post_message(self.Toggled(row.queue, served=not row.served))
