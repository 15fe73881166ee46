"""Facts and figures of a period, row by row: by hour, day, queue, agent, channel or tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Final, assert_never

from msgspec import Struct
from msgspec.structs import replace

from agent_tui.desk.metrics.by import By
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.ledger import Division, Ledger, hour_of
from agent_tui.desk.metrics.tally import HOUR, MINUTE
from api_client.models.identity import ConversationId

LOOK_BACK: Final = 24 * HOUR
"""Facts before the period that tell what was open when it began (milliseconds)."""
_QUARTER: Final = 15 * MINUTE
"""No clock on earth is set by less."""


class PeriodRow(Struct, frozen=True):
    """One of them. ``key``: of a time its beginning in milliseconds since the epoch, else an identifier."""

    key: str
    figures: Figures


class Period(Struct, frozen=True):
    """A period from ``begin`` to before ``end``, milliseconds since the epoch."""

    begin: int
    end: int
    by: By
    total: Figures
    rows: tuple[PeriodRow, ...]
    """Times in their order, others with the most arrivals first."""
    replies: int
    canned: int
    private_found: int
    private_sent: int


def period_of(
    facts: Sequence[Fact], by: By, begin: int, end: int, zone: tzinfo | None = None
) -> Period | None:
    """The report; ``None`` when nothing is known of the period.

    ``facts``: in the order kept, from :data:`LOOK_BACK` before ``begin``. ``zone`` says when an hour and a
    day begin, ``None``: the machine's own.
    """
    period = [fact for fact in facts if begin <= fact.at < end]
    if not period:
        return None
    division = local_days(zone) if by is By.DAY else local_hours(zone) if by is By.HOUR else hour_of
    ledger = Ledger(begin=begin, whole=True, division=division)
    for fact in _tags_settled([fact for fact in facts if fact.at < end]):
        ledger.take(fact)
    replies = [fact for fact in period if fact.kind is Kind.REPLIED]
    last = max(fact.at for fact in period)
    return Period(
        begin=begin,
        end=end,
        by=by,
        total=ledger.of_desk(last),
        rows=tuple(_rows(ledger, by, last, division)),
        replies=len(replies),
        canned=sum(fact.canned for fact in replies),
        private_found=sum(fact.private for fact in period if fact.kind is Kind.WROTE),
        private_sent=sum(fact.private for fact in replies),
    )


def _tags_settled(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Tags that came when a conversation was closed already count as if it had had them then."""
    closed: dict[ConversationId, int] = {}
    settled: dict[int, Fact] = {}
    for place, fact in enumerate(facts):
        if fact.kind is Kind.CLOSED:
            closed[fact.conversation] = place
        elif fact.kind is Kind.TAGGED and fact.conversation in closed:
            settled[closed[fact.conversation]] = fact
        elif fact.kind not in {Kind.WROTE, Kind.REPLIED}:
            closed.pop(fact.conversation, None)
    for place, fact in enumerate(facts):
        if place in settled:
            yield replace(settled[place], at=fact.at)
        yield fact


def _rows(ledger: Ledger, by: By, now: int, division: Division) -> list[PeriodRow]:
    match by:
        case By.HOUR | By.DAY:
            return [PeriodRow(str(at), ledger.of_time(at, now)) for at in _times(ledger, division)]
        case By.QUEUE:
            found: Mapping[str, Figures] = {one: ledger.of_queue(one, now) for one in [*ledger.queues]}
        case By.AGENT:
            agents = dict.fromkeys((*ledger.agents, *ledger.loads))
            found = {one: ledger.of_agent(one, now) for one in agents}
        case By.CHANNEL:
            found = {one: ledger.of_channel(one, now) for one in [*ledger.channels]}
        case By.TAG:
            found = {one: ledger.of_tag(one, now) for one in [*ledger.tags]}
        case _:
            assert_never(by)
    rows = [PeriodRow(key, figures) for key, figures in found.items() if _happened(figures)]
    return sorted(rows, key=lambda row: (-row.figures.arrivals, -row.figures.handled, row.key))


def _happened(figures: Figures) -> bool:
    counts = (figures.arrivals, figures.answers, figures.handled, figures.abandoned, figures.waiting)
    return any(counts) or bool(figures.messages_in or figures.messages_out or figures.holds)


def _times(ledger: Ledger, division: Division) -> Iterator[int]:
    """From the first to the last in which something happened, those between in which nothing did too."""
    at, last = min(ledger.times, default=0), max(ledger.times, default=-1)
    while at <= last:
        yield at
        _, at = division(at)


def local_hours(zone: tzinfo | None) -> Division:
    """Hours of the clock in ``zone``; the one that summer time repeats is two."""

    @cache
    def of_quarter(quarter: int) -> tuple[int, int]:
        moment = datetime.fromtimestamp(quarter * _QUARTER // 1000, zone)
        begin = _milliseconds(moment.replace(minute=0, second=0, microsecond=0))
        return begin, begin + HOUR

    return lambda at: of_quarter(at // _QUARTER)


def local_days(zone: tzinfo | None) -> Division:
    """Days in ``zone``; some have 23 hours or 25."""

    @cache
    def of_quarter(quarter: int) -> tuple[int, int]:
        moment = datetime.fromtimestamp(quarter * _QUARTER // 1000, zone)
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        return _milliseconds(midnight), _milliseconds(midnight + timedelta(days=1))

    return lambda at: of_quarter(at // _QUARTER)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp()) * 1000
