"""Where the reader of a conversation is, kept per conversation and steady while lines come and go. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from agent_tui.desk.transcript import Line
from api_client.models.identity import EchoId, MessageId

Key = MessageId | EchoId


class Spot(NamedTuple):
    """A row: the index of its line, and the number of the row within the line."""

    line: int
    row: int


Heights = Callable[[int], int]
"""How many rows the line at an index has."""


class LogView(Struct):
    """A reader's place in one conversation. ``MessageLog`` moves it; the caller keeps it."""

    top: Spot | None = None
    """The first row on the screen; ``None`` follows the newest line."""
    unseen: int = 0
    """Lines that came below while the reader was further up."""
    first_unread: Key | None = None
    """The first line that came while another conversation was shown."""
    put_in_front: int = 0
    """Lines that were put before the first one since the view began."""
    marked: Key | None = None
    """The line that is marked."""
    opened: set[Key] = field(default_factory=set)
    """Long lines that are shown whole."""
    known: int = 0
    """How many lines there were when last caught up."""
    _first: Key | None = None
    _anchor: Key | None = None

    @property
    def following(self) -> bool:
        """Whether the newest line is on the screen."""
        return self.top is None

    def catch_up(self, lines: Sequence[Line]) -> int:
        """Take note of how the lines changed, keeping the reader's place. How many came at the end."""
        older = _find(lines, self._first, 0) if self.known else 0
        if older is None:
            self._begin_again()
            older = 0
        came = max(0, len(lines) - older - self.known) if self.known else 0
        self.put_in_front += older
        if self.top is not None:
            self.unseen += came
            self._keep_place(lines, self.top, older)
        self.known = len(lines)
        self._first = lines[0].key if lines else None
        return came

    def go(self, top: Spot | None, lines: Sequence[Line]) -> None:
        """Put ``top`` on the first row of the screen; ``None`` goes to the newest line."""
        self.top = top
        self._anchor = None if top is None else lines[top.line].key
        if top is None:
            self.unseen = 0

    def has_opened(self, line: Line) -> bool:
        """Whether a long line is shown whole."""
        return line.key in self.opened or line.echo in self.opened

    def turn(self, line: Line) -> None:
        """Show a long line whole, or fold it again."""
        if self.has_opened(line):
            self.opened -= {line.key, line.echo}
        else:
            self.opened.add(line.key)

    def _begin_again(self) -> None:
        self.top, self.unseen, self.known, self._anchor = None, 0, 0, None

    def _keep_place(self, lines: Sequence[Line], top: Spot, older: int) -> None:
        index = _find(lines, self._anchor, top.line + older)
        if index is None:
            index = min(top.line + older, len(lines) - 1)
        self.go(Spot(index, top.row), lines)


def _find(lines: Sequence[Line], key: Key | None, guess: int) -> int | None:
    """The index of the line with this key or echo, looked for at ``guess`` first."""
    if guess < len(lines) and key in {lines[guess].key, lines[guess].echo}:
        return guess
    return next((index for index, line in enumerate(lines) if key in {line.key, line.echo}), None)


def downward(start: Spot, lines: int, heights: Heights) -> Iterator[Spot]:
    """Rows from ``start`` to the end."""
    row = start.row
    for index in range(start.line, lines):
        for number in range(row, heights(index)):
            yield Spot(index, number)
        row = 0


def upward(end: Spot, heights: Heights) -> Iterator[Spot]:
    """Rows before ``end`` to the start, the nearest first."""
    index, row = end
    while True:
        for number in range(row - 1, -1, -1):
            yield Spot(index, number)
        if not index:
            return
        index -= 1
        row = heights(index)


def past_the_end(lines: int) -> Spot:
    """The spot after the last row."""
    return Spot(lines, 0)


def cut_out(texts: Sequence[str], start: int, end: int) -> str:
    """Texts from code point ``start`` of the first up to ``end`` of the last, one under the other."""
    if len(texts) < 2:  # noqa: PLR2004  first and last
        return "".join(text[start:end] for text in texts)
    return "\n".join((texts[0][start:], *texts[1:-1], texts[-1][:end]))


def thumb(first: int, last: int, lines: int, room: int) -> tuple[int, int]:
    """Row and height of a scrollbar's mark, with the lines ``first`` to ``last`` of ``lines`` in sight."""
    shown = last - first + 1
    size = max(1, room * shown // lines)
    return (room - size) * first // max(1, lines - shown), size
