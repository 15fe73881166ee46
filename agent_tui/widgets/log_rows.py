"""One line of a conversation as rows: who, when, what, and how far it has come. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import tzinfo
from typing import NamedTuple, assert_never

from msgspec import Struct

from agent_tui.desk.addresses import addresses
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Fate, Line, Older
from agent_tui.widgets import log_links
from agent_tui.widgets.cells import cut, width, wrap
from agent_tui.widgets.clock_face import day_name, day_number, time_of_day
from agent_tui.widgets.file_words import file_words
from agent_tui.widgets.log_folding import Shown, shown_of
from agent_tui.widgets.painting import NO_PIECES, Piece, Pieces, row_width
from agent_tui.wording import count, say
from api_client.models.message import MessageKind
from themes.contract import Ground, Ink

GUTTER = 8
"""Cells before a text: the time, a blank, the bar, a blank."""

_TIME = 5
_MOST_FILES = 20
"""Files of one message that are named below it; the list of files has them all."""
_GROUP_SECONDS = 300
"""Lines of one author further apart than this do not stand in one group."""


class Voice(enum.Enum):
    """Who speaks, as the eye must see it. The value is the bar left of the text."""

    CUSTOMER = "▌"
    OWN = "│"
    COLLEAGUE = "║"
    NOTE = "┊"
    AUTOMATIC = "╎"
    ACTIVITY = "·"


_INKS = {
    Voice.CUSTOMER: Ink.CUSTOMER,
    Voice.OWN: Ink.OWN,
    Voice.COLLEAGUE: Ink.COLLEAGUE,
    Voice.NOTE: Ink.NOTE,
    Voice.AUTOMATIC: Ink.AUTOMATIC,
    Voice.ACTIVITY: Ink.ACTIVITY,
}
_QUIET_BODIES = {Voice.NOTE, Voice.AUTOMATIC, Voice.ACTIVITY}
"""Voices whose text has the voice's ink too."""


class Row(NamedTuple):
    """One row. ``span``: which part of ``Line.text`` it shows, after ``indent`` code points."""

    pieces: Pieces
    span: tuple[int, int] | None = None
    indent: int = 0


class Place(NamedTuple):
    """What stands around a line, as far as its rows depend on it."""

    new_day: bool
    """The first line of its day."""
    grouped: bool
    """Follows a line of the same author closely."""
    unread: bool
    """The first line that came while the agent looked elsewhere."""
    older: Older | None
    """Above the first line: what is known of what came before."""
    opened: bool = False
    """A long message is shown whole."""


class Look(Struct, frozen=True):
    """How lines are shown at the moment. ``cells`` is the room without the scrollbar."""

    cells: int
    zone: tzinfo | None
    retry_key: Displayable
    reveal: bool = False
    """Private numbers are shown too."""
    reveal_key: Displayable = NOTHING
    mark_key: Displayable = NOTHING
    """Marks a message, so that further keys are for it."""
    airy: bool = False
    """A blank row stands before each message that begins a group."""


def voice_of(line: Line) -> Voice:
    """Who speaks in a line."""
    match line.kind:
        case MessageKind.CUSTOMER:
            return Voice.CUSTOMER
        case MessageKind.AGENT:
            return Voice.OWN if line.mine else Voice.COLLEAGUE
        case MessageKind.NOTE:
            return Voice.NOTE
        case MessageKind.AUTOMATIC | MessageKind.UNKNOWN:
            return Voice.AUTOMATIC
        case MessageKind.ACTIVITY:
            return Voice.ACTIVITY
        case _:
            assert_never(line.kind)


def place_of(line: Line, before: Line | None, older: Older, unread: object, zone: tzinfo | None) -> Place:
    """What stands around ``line``; ``unread`` is the key of the first line that came unseen."""
    new_day = before is None or day_number(before.at, zone) != day_number(line.at, zone)
    return Place(
        new_day=new_day,
        grouped=not new_day and before is not None and _belong_together(before, line),
        unread=unread is not None and line.key == unread,
        older=older if before is None else None,
    )


def _belong_together(before: Line, line: Line) -> bool:
    return (
        voice_of(before) is voice_of(line)
        and before.author == line.author
        and before.mine == line.mine
        and before.while_away == line.while_away
        and 0 <= line.at - before.at < _GROUP_SECONDS
    )


def rows_of(line: Line, place: Place, look: Look) -> tuple[Row, ...]:
    """All rows of a line, top to bottom; at least one."""
    return (*_above(line, place, look), *_own(line, place, look))


def _above(line: Line, place: Place, look: Look) -> Iterator[Row]:
    if place.older is not None:
        yield Row(_older(place.older))
    if place.new_day:
        yield Row(_rule(day_name(line.at, look.zone), Ink.QUIET, look.cells))
    if look.airy and not (place.new_day or place.grouped):
        yield Row(NO_PIECES)
    if place.unread:
        yield Row(_rule(say("new since you last looked"), Ink.ACCENT, look.cells))


def _older(older: Older) -> Pieces:
    match older:
        case Older.LOADING:
            return (Piece(say("  Fetching earlier messages …"), Ink.QUIET),)
        case Older.MORE:
            return (Piece(say("  ↑ Earlier messages come when you scroll up"), Ink.QUIET),)
        case Older.COMPLETE:
            return (Piece(say("  The conversation starts here"), Ink.QUIET),)
        case Older.NOT_FETCHED:
            return NO_PIECES
        case _:
            assert_never(older)


def _rule(words: Displayable, ink: Ink, cells: int) -> Pieces:
    words = cut(words, max(0, cells - 4))
    dashes = max(0, cells - width(words) - 2)
    left, right = "─" * (dashes // 2), "─" * (dashes - dashes // 2)
    return (Piece(Displayable(f"{left} {words} {right}"), ink),)


def _own(line: Line, place: Place, look: Look) -> Iterator[Row]:
    voice = voice_of(line)
    headed = voice is not Voice.ACTIVITY and not (place.grouped and not place.unread)
    if headed:
        yield Row((*_gutter(time_of_day(line.at, look.zone), voice), *_heading(line, voice)))
    time = NOTHING if headed else time_of_day(line.at, look.zone)
    part = shown_of(NOTHING if line.deleted else _text(line, look), look.cells - GUTTER, opened=place.opened)
    body = [*_body(line, voice, time, look, part)]
    mark = _fate(line)
    if mark is not None and row_width(body[-1].pieces) + width(mark.text) + 2 <= look.cells:
        body[-1] = body[-1]._replace(pieces=(*body[-1].pieces, Piece(Displayable("  ")), mark))
    yield from body
    if mark is not None and body[-1].pieces[-1] is not mark:
        yield Row((*_gutter(NOTHING, voice), mark))
    for words, remark_ink in _remarks(line, part, look):
        yield from _wrapped(words, remark_ink, voice, look)


def _gutter(time: Displayable, voice: Voice) -> Pieces:
    return (
        Piece(Displayable(f"{time:<{_TIME}} "), Ink.QUIET),
        Piece(Displayable(f"{voice.value} "), _INKS[voice]),
    )


def _heading(line: Line, voice: Voice) -> Pieces:
    ink = _INKS[voice]
    away = (Piece(say(" · arrived while you were away"), Ink.ACCENT),) if line.while_away else ()
    match voice:
        case Voice.CUSTOMER:
            return (Piece(line.author or say("Customer"), ink), *away)
        case Voice.OWN:
            return (Piece(say("You"), ink), *away)
        case Voice.COLLEAGUE:
            return (Piece(line.author or say("Colleague"), ink), Piece(say(" · colleague"), Ink.QUIET), *away)
        case Voice.NOTE:
            if line.mine:
                return (Piece(say("◆ Your note, hidden from the customer"), ink), *away)
            author = line.author or say("Colleague")
            return (Piece(say("◆ Note by {author}, the customer does not see it", author=author), ink), *away)
        case Voice.AUTOMATIC:
            return (Piece(_machine(line), ink), *away)
        case Voice.ACTIVITY:
            return away
        case _:
            assert_never(voice)


def _machine(line: Line) -> Displayable:
    if line.kind is MessageKind.UNKNOWN:
        return say("○ Message of an unknown kind")
    if line.author:
        return say("○ Automatic message · {author}", author=line.author)
    return say("○ Automatic message")


def _text(line: Line, look: Look) -> Displayable:
    return line.text if look.reveal else line.shielded


def _body(line: Line, voice: Voice, time: Displayable, look: Look, part: Shown) -> Iterator[Row]:
    """The text, wrapped; ``time`` stands before the first row where there is no heading."""
    first, further = _gutter(time, voice), _gutter(NOTHING, voice)
    if line.deleted:
        yield Row((*first, Piece(say("This message was deleted."), Ink.QUIET)))
        return
    ink = _INKS[voice] if voice in _QUIET_BODIES else Ink.TEXT
    if line.text or not line.files:
        text = _text(line, look)
        found = addresses(text)
        for number, (start, end) in enumerate(part.spans):
            pieces = log_links.set_apart(text, start, end, found, ink)
            yield Row((*(further if number else first), *pieces), (start, end), GUTTER)
    words = [file_words(file) for file in line.files[:_MOST_FILES]]
    if (more := len(line.files) - _MOST_FILES) > 0:
        words.append(count("▤ {n} more file", "▤ {n} more files", more))
    for number, told in enumerate(words):
        yield Row((*(further if number or line.text else first), Piece(told, Ink.ACCENT)))


def _fate(line: Line) -> Piece | None:
    """The delivery mark of a line of ours that is short enough to stand behind its text."""
    note = line.kind is MessageKind.NOTE
    match line.fate:
        case Fate.RECEIVED | Fate.FAILED:
            return None
        case Fate.QUEUED:
            return Piece(say("◷ queued"), Ink.QUIET)
        case Fate.SENDING:
            return Piece(_sending(line.handed), Ink.QUIET)
        case Fate.SENT:
            return None if note or not line.mine else Piece(say("✓ sent"), Ink.QUIET)
        case Fate.LEFT:
            return Piece(say("✓ sent · the customer had left"), Ink.WARNING)
        case Fate.DELIVERED:
            return None if note or not line.mine else Piece(say("✓✓ delivered"), Ink.QUIET)
        case Fate.READ:
            return None if note or not line.mine else Piece(say("✓✓ read"), Ink.GOOD)
        case _:
            assert_never(line.fate)


def _sending(percent: int | None) -> Displayable:
    return say("… sending") if percent is None else say("… sending, {percent} %", percent=percent)


def _remarks(line: Line, part: Shown, look: Look) -> Iterator[tuple[Displayable, Ink]]:
    """What stands below a line, and in which ink."""
    if line.fate is Fate.FAILED:
        yield _failure(line, look), Ink.BAD
    if line.masked and not line.deleted:
        yield _shield(look), Ink.QUIET
    if part.hidden:
        yield _folded(part.hidden, look), Ink.QUIET
    if line.altered:
        taken_out = say("! Something that cannot be shown was taken out.")
        yield _then_raw(taken_out, look), Ink.QUIET
    if not line.deleted:
        in_sight = [one for one in addresses(line.text) if one.start < part.end]
        yield from ((words, Ink.WARNING) for words in log_links.remarks(in_sight))
    if line.cut and not part.hidden:
        yield _then_raw(say("! The message is longer than what is shown."), look), Ink.QUIET


def _folded(hidden: int, look: Look) -> Displayable:
    more = count("… {n} more character.", "… {n} more characters.", hidden)
    if not look.mark_key:
        return more
    return Displayable(f"{more} {say('{key}, then O opens it.', key=look.mark_key)}")


def _then_raw(words: Displayable, look: Look) -> Displayable:
    if not look.mark_key:
        return words
    how = say("{key}, then R shows it as it came.", key=look.mark_key)
    return Displayable(f"{words} {how}")


def _shield(look: Look) -> Displayable:
    if look.reveal:
        return say("! Private numbers are shown for a moment.")
    if not look.reveal_key:
        return say("! A private number is hidden.")
    return say("! A private number is hidden. Hold {key} to see it.", key=look.reveal_key)


def _failure(line: Line, look: Look) -> Displayable:
    reason = _why_failed(line)
    if not (line.mine and look.retry_key):
        return reason
    return Displayable(f"{reason} {say('Press {key} to send it again.', key=look.retry_key)}")


def _why_failed(line: Line) -> Displayable:
    if not line.local:
        why = line.problem or say("the customer may have left.")
        return say("✗ Not delivered: {problem}", problem=why)
    if line.trouble is Trouble.UNCERTAIN:
        return say("✗ The answer got lost: this may or may not have arrived.")
    if line.trouble is Trouble.OVERTAKEN:
        return say("✗ Not sent: a colleague answered meanwhile. Read that first.")
    if line.trouble is Trouble.NOT_SENT:
        return say("✗ Not sent: this never left your machine.")
    if line.trouble is Trouble.TOO_LARGE and not line.problem:
        return say(
            "✗ Not sent: this is more than the server takes. Stop sending it (Ctrl+K) and leave a file out."
        )
    return say("✗ Not sent: {problem}", problem=line.problem) if line.problem else say("✗ Not sent.")


def _wrapped(words: Displayable, ink: Ink, voice: Voice, look: Look) -> Iterator[Row]:
    for start, end in wrap(words, look.cells - GUTTER):
        yield Row((*_gutter(NOTHING, voice), Piece(Displayable(words[start:end].rstrip()), ink)))


def new_below(lines: int, key: Displayable) -> Pieces:
    """What stands under the rows while the reader is further up and ``lines`` came; ``key`` leads there."""
    words = count(" ↓ {n} new message · {key} ", " ↓ {n} new messages · {key} ", lines, key=key)
    return (Piece(words, Ink.ON_PILL, Ground.PILL),)
