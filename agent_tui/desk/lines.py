"""Lines in a transcript: their order, their duplicates, and what becomes of the ones being sent."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice, takewhile
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from agent_tui.desk.problems import Problem
from agent_tui.desk.text import NOTHING
from agent_tui.desk.transcript import LONG_AGO, Fate, Line, Older, Order, Transcript
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind

_ORDER: Final = attrgetter("order")

_PROGRESS: Final = {Fate.SENT: 1, Fate.LEFT: 2, Fate.DELIVERED: 3, Fate.READ: 4}
"""Fates in the order in which they are reached; a lower one that comes later is old news."""


def find(transcript: Transcript, key: MessageId | EchoId) -> int | None:
    """Where the line with this key stands."""
    order = transcript.orders.get(key)
    if order is None:
        return None
    lines, settled = transcript.lines, _settled(transcript)
    for position in range(settled, len(lines)):
        if lines[position].key == key:
            return position
    position = bisect_left(lines, order, 0, settled, key=_ORDER)
    while lines[position].key != key:
        position += 1
    return position


def add(transcript: Transcript, line: Line) -> bool:
    """Put in a line the server has; ``False`` if it is there already.

    It takes the place of the line of ours that it confirms, whatever has become of that one.
    """
    _confirm(transcript, line)
    if line.key in transcript.orders:
        return False
    _put_in(transcript, line, bisect_right(transcript.lines, line.order, 0, _settled(transcript), key=_ORDER))
    return True


def is_news(transcript: Transcript, line: Line) -> bool:
    """Whether it confirms a line of ours, or comes after all lines of a transcript that is up to date."""
    if line.echo is not None and line.echo in transcript.orders:
        return True
    settled = _settled(transcript)
    return transcript.fetched and (not settled or line.order > transcript.lines[settled - 1].order)


def change(transcript: Transcript, line: Line) -> bool:
    """Bring a line that is there up to date; ``False`` if it is not there."""
    position = find(transcript, line.key)
    if position is None:
        return False
    held = transcript.lines[position]
    newer = _newer(held, line)
    if newer != held:
        _take_out(transcript, line.key)
        add(transcript, newer)
    return True


def merge(transcript: Transcript, lines: Iterable[Line]) -> int:
    """Put in a page of lines, bring those that are there up to date; how many were new."""
    return sum(not change(transcript, line) and add(transcript, line) for line in lines)


def begin_sending(transcript: Transcript, line: Line) -> None:
    """Put a line of ours at the end; its fate is ``QUEUED``."""
    _put_in(transcript, line, len(transcript.lines))


def send_again(transcript: Transcript, echo: EchoId, at: float) -> Line | None:
    """Put a failed line of ours at the end again; ``None`` if there is none with this echo id."""
    position = find(transcript, echo)
    if position is None or transcript.lines[position].in_flight:
        return None
    failed = _take_out(transcript, echo)
    line = replace(failed, fate=Fate.QUEUED, at=at, problem=NOTHING, trouble=None, handed=None)
    begin_sending(transcript, line)
    return line


def queued(transcript: Transcript, echo: EchoId) -> Line | None:
    """A line of ours that waits for its turn; ``None`` when it is not there or has left."""
    position = find(transcript, echo)
    line = None if position is None else transcript.lines[position]
    return line if line is not None and line.fate is Fate.QUEUED else None


def take_back(transcript: Transcript, echo: EchoId) -> Line | None:
    """Take a queued line of ours out again; ``None`` when it is not there or has left."""
    return None if queued(transcript, echo) is None else _take_out(transcript, echo)


def sent_before(transcript: Transcript, echo: EchoId) -> EchoId | None:
    """The line of ours that is being sent right before the one with this echo id."""
    under_way = [line.echo for line in transcript.lines[_settled(transcript) :]]
    place = under_way.index(echo) if echo in under_way else 0
    return under_way[place - 1] if place else None


def leave(transcript: Transcript, echo: EchoId) -> None:
    """A queued line of ours is on its way to the server."""
    position = find(transcript, echo)
    if position is not None and transcript.lines[position].fate is Fate.QUEUED:
        transcript.lines[position] = replace(transcript.lines[position], fate=Fate.SENDING)
        transcript.revision += 1


def progress(transcript: Transcript, echo: EchoId, percent: int) -> None:
    """So many percent of a line's files have been handed over."""
    position = find(transcript, echo)
    if position is not None and transcript.lines[position].in_flight:
        transcript.lines[position] = replace(transcript.lines[position], handed=percent)
        transcript.revision += 1


def pull_back(transcript: Transcript, echo: EchoId) -> Line | None:
    """Take out a line of ours that the server does not have; ``None`` if there is none with this echo id."""
    return _take_out(transcript, echo) if echo in transcript.orders else None


def fail(transcript: Transcript, echo: EchoId, problem: Problem) -> bool:
    """Mark a line being sent as failed. From now on newer lines come after it.

    ``False`` if no such line is being sent (the server may have shown it meanwhile).
    """
    position = find(transcript, echo)
    if position is None or not transcript.lines[position].in_flight:
        return False
    line = _take_out(transcript, echo)
    settled = _settled(transcript)
    at, sequence = transcript.lines[settled - 1].order if settled else LONG_AGO
    failed = replace(
        line,
        fate=Fate.FAILED,
        problem=problem.detail,
        trouble=problem.trouble,
        at=max(line.at, at),
        sequence=sequence,
    )
    _put_in(transcript, failed, settled)
    return True


def forget_before(transcript: Transcript, order: Order) -> None:
    """Drop the server's lines before ``order``: something may be missing between them and the rest."""
    for line in [line for line in transcript.lines if line.order < order and not line.local]:
        _take_out(transcript, line.key)


def keep_newest(transcript: Transcript, count: int) -> None:
    """Let go of older lines than the newest ``count``: whoever reads up to them has them fetched again.

    From a line of ours that has not been delivered on, all are kept, and all while any are being fetched.
    """
    at_rest = transcript.older in {Older.MORE, Older.COMPLETE} and transcript.checking is None
    if transcript.gap or not at_rest:
        return
    many = max(0, len(transcript.lines) - count)
    gone = [*takewhile(_settled_well, islice(transcript.lines, many))]
    if gone:
        del transcript.lines[: len(gone)]
        for line in gone:
            del transcript.orders[line.key]
        transcript.older = Older.MORE
        transcript.revision += 1


def _settled_well(line: Line) -> bool:
    return not line.local and line.fate is not Fate.FAILED


def mark_read(transcript: Transcript, after: float, until: float) -> None:
    """The customer has read our lines written after ``after``, up to ``until``."""
    for position in range(_settled(transcript) - 1, -1, -1):
        line = transcript.lines[position]
        if line.at <= after:
            break
        if line.at <= until and line.mine and line.fate in {Fate.SENT, Fate.LEFT, Fate.DELIVERED}:
            transcript.lines[position] = replace(line, fate=Fate.READ)
            transcript.revision += 1


def change_fates(transcript: Transcript, was: Fate, becomes: Fate) -> None:
    """Our replies of the fate ``was`` since the customer's last words have another one from now on."""
    for position in range(_settled(transcript) - 1, -1, -1):
        line = transcript.lines[position]
        if line.kind is MessageKind.CUSTOMER:
            break
        if line.mine and line.kind is MessageKind.AGENT and line.fate is was:
            transcript.lines[position] = replace(line, fate=becomes)
            transcript.revision += 1


def newest_known(transcript: Transcript) -> MessageId | None:
    """The id of the newest line that the server has."""
    return _first_on_server(reversed(transcript.lines))


def oldest_known(transcript: Transcript) -> MessageId | None:
    """The id of the oldest line that the server has."""
    return _first_on_server(transcript.lines)


def emptied(transcript: Transcript) -> Transcript:
    """A transcript of which nothing is known, for a painter newer than this one."""
    return Transcript(revision=transcript.revision + 1)


def close(transcript: Transcript) -> None:
    """Nobody follows the conversation from now on: what is held may have holes when it is opened again."""
    transcript.older = Older.NOT_FETCHED
    transcript.fetched = False
    transcript.gap = False
    transcript.checking = transcript.proved = None


def _first_on_server(lines: Iterable[Line]) -> MessageId | None:
    return next((MessageId(line.key) for line in lines if not line.local), None)


def _settled(transcript: Transcript) -> int:
    return len(transcript.lines) - transcript.sending


def _confirm(transcript: Transcript, line: Line) -> None:
    """The server has this line: ours with the same echo id gives way to it."""
    if line.echo is not None and line.echo != line.key and line.echo in transcript.orders:
        _take_out(transcript, line.echo)


def _newer(held: Line, told: Line) -> Line:
    """What is known of a line from two tellings; the order in which they came proves nothing."""
    if held.deleted and not told.deleted:
        return held
    late = _PROGRESS.get(told.fate, 0) and _PROGRESS[told.fate] < _PROGRESS.get(held.fate, 0)
    return replace(
        told,
        fate=held.fate if late else told.fate,
        echo=told.echo or held.echo,
        while_away=held.while_away,
    )


def _put_in(transcript: Transcript, line: Line, position: int) -> None:
    transcript.lines.insert(position, line)
    transcript.orders[line.key] = line.order
    _count(transcript, line, 1)


def _take_out(transcript: Transcript, key: MessageId | EchoId) -> Line:
    position = find(transcript, key)
    if position is None:
        raise KeyError(key)
    line = transcript.lines.pop(position)
    del transcript.orders[key]
    _count(transcript, line, -1)
    return line


def _count(transcript: Transcript, line: Line, step: int) -> None:
    transcript.revision += 1
    transcript.sending += step * line.in_flight
    transcript.undelivered += step * (line.mine and line.fate is Fate.FAILED)
