"""How a queue takes customers in, in words: its state, what closing does, its week, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from agent_tui.desk.clock_entry import Mistake, clock_at, weekday_at
from agent_tui.desk.draining import Outlook
from agent_tui.desk.intake_model import LANGUAGES, USUAL, Limit, Plan, Standing, State, Wish
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.widgets.clock_face import weekdays
from agent_tui.widgets.labelled_rows import Labelled
from agent_tui.wording import clock, decimal, say
from api_client.models.hours import ALL_DAY, OpeningHours, Span
from api_client.models.intake import Intake
from themes.contract import Ink

_HOUR: Final = 60
_DASH: Final = Displayable("-")


def at_clock(at: float, zone: str) -> Displayable:
    """A moment by the queue's clock."""
    return clock(*clock_at(zone, at))


def state_words(standing: Standing) -> Displayable:
    """What a column has room for: what happens next, else what is now."""
    if standing.close_at is not None and standing.state is not State.CLOSED:
        return say("closes {time}", time=at_clock(standing.close_at, standing.zone))
    if standing.reopen_at is not None and standing.state is State.CLOSED:
        return say("opens {time}", time=at_clock(standing.reopen_at, standing.zone))
    match standing.state:
        case State.OPEN:
            return say("open")
        case State.LIMITED:
            return say("limited")
        case State.CLOSED:
            return say("shut")
        case _:
            assert_never(standing.state)


def state_ink(state: State) -> Ink:
    """How it matters; the word says it too."""
    return {State.OPEN: Ink.QUIET, State.LIMITED: Ink.ACCENT, State.CLOSED: Ink.WARNING}[state]


def at_work(wish: Wish | None) -> Displayable:
    """What is under way."""
    if wish is None:
        return NOTHING
    return say("closing …") if wish is Wish.CLOSE else say("opening …")


def pace_words(outlook: Outlook) -> Displayable:
    """Who waits, and how many come and are answered."""
    return say(
        "{waiting} wait · {arrivals} arrive and {answers} are answered a minute",
        waiting=outlook.waiting, arrivals=decimal(outlook.arrivals), answers=decimal(outlook.answers),
    )  # fmt: skip


def outlook_words(outlook: Outlook, state: State, plan: Plan) -> Displayable:
    """What closing does, or has done."""
    if state is State.CLOSED and plan.arrived_before is not None:
        return say(
            "Before it closed {before} arrived a minute, in the last ten minutes {lately}. Empty: {empty}.",
            before=decimal(plan.arrived_before), lately=decimal(outlook.lately), empty=_empty(outlook.closed),
        )  # fmt: skip
    if state is State.CLOSED:
        return say("Empty: {empty}.", empty=_empty(outlook.closed))
    return say(
        "Closed now it would be empty: {closed}. Left open: {open}.",
        closed=_empty(outlook.closed), open=_empty(outlook.open),
    )  # fmt: skip


def _empty(minutes: int | None) -> Displayable:
    if minutes is None:
        return say("not at this pace")
    return say("in about {n} min", n=minutes) if minutes else say("now")


def mistake_words(mistake: Mistake) -> Displayable:
    """What is wrong with what was typed, and how to type it."""
    match mistake:
        case Mistake.NOT_A_TIME:
            return say("That is no time of day. Type it as 15:45, or +20 for in twenty minutes.")
        case Mistake.NOT_HOURS:
            return say("Type hours as 9-16:30, 0-24 for day and night, or - for a closed day.")
        case Mistake.ENDS_BEFORE:
            return say("It would close when it opens. Type a later time, or - for a closed day.")
        case Mistake.OVER_MIDNIGHT:
            return say("A day ends at 24:00: type 22-24 here, and the rest on the next day.")
        case Mistake.PAST:
            return say("That time has passed today. Type a later one, or close it now.")
        case _:
            assert_never(mistake)


def hours_words(span: Span | None) -> Displayable:
    """The hours of a day."""
    if span is None:
        return say("shut")
    if span == ALL_DAY:
        return say("day and night")
    opens, closes = (clock(at // _HOUR, at % _HOUR) for at in (span.opens, span.closes))
    return Displayable(f"{opens}-{closes}")


def hours_typed(span: Span | None) -> str:
    """The hours of a day as they are typed."""
    if span is None:
        return "-"
    return "-".join(f"{at // _HOUR}:{at % _HOUR:02}" for at in (span.opens, span.closes))


def limit_words(limit: Limit | None) -> Displayable:
    """When it closes and opens by how many wait."""
    if limit is None:
        return _DASH
    return say(
        "closes at {n} waiting, opens below {few}, while this board is open",
        n=limit.closes_at, few=limit.opens_below,
    )  # fmt: skip


def language_label(language: str) -> Displayable:
    """A language of the customers."""
    labels: Mapping[str, Displayable] = {
        "fi": say("In Finnish"),
        "sv": say("In Swedish"),
        "en": say("In English"),
        "nl": say("In Dutch"),
    }
    return labels[language]


# --- the rows ----------------------------------------------------------------------------------------


def rows(standing: Standing, plan: Plan, known: Intake | None, now: float) -> list[Labelled]:
    """Everything that can be changed, from what is done most often on."""
    closed = standing.state is State.CLOSED
    label = say("Open now") if closed else say("Close now")
    about = NOTHING if plan.before is None else say("the hours below come back")
    first = Labelled("now", label, about, Ink.ACCENT)
    found = [
        first,
        _timed("close", say("Close at"), plan.close_at, standing.zone),
        _timed("open", say("Open at"), plan.reopen_at, standing.zone),
        Labelled("limit", say("Limit"), limit_words(plan.limit)),
    ]
    if known is not None:
        found += [*_words(plan, known), *_week(standing, plan, known, now)]
    return found


def _timed(key: str, label: Displayable, at: float | None, zone: str) -> Labelled:
    if at is None:
        return Labelled(key, label, _DASH, Ink.QUIET)
    return Labelled(key, label, say("{time}, while this board is open", time=at_clock(at, zone)), Ink.ACCENT)


def _words(plan: Plan, known: Intake) -> list[Labelled]:
    """What customers are told when it is closed from here, then what it says by itself."""
    own = known.closed_message if plan.before is None else plan.before.closed_message
    written = dict(plan.message)
    usual: Mapping[str, str] = {} if own or written else USUAL
    told = [
        Labelled(
            one,
            language_label(one),
            clean_line(written.get(one) or usual.get(one) or "-"),
            Ink.TEXT if one in written else Ink.QUIET,
        )
        for one in LANGUAGES
    ]
    return [
        *told,
        Labelled("own", say("Out of hours"), clean_line(own or "-")),
        Labelled("greeting", say("Greeting"), clean_line(known.greeting or "-")),
    ]


def hours_of(plan: Plan, known: Intake) -> OpeningHours:
    """The week it has, or has again when it opens."""
    hours = known.hours if plan.before is None else plan.before.hours
    return hours or OpeningHours("UTC", (None,) * 7, kept=False)


def _week(standing: Standing, plan: Plan, known: Intake, now: float) -> list[Labelled]:
    hours = hours_of(plan, known)
    today = weekday_at(standing.zone, now)
    kept = say("yes") if hours.kept else say("no, it is open day and night")
    days = [
        Labelled(
            f"day {number}",
            say("{day}, today", day=name) if number == today else name,
            hours_words(span),
            Ink.ACCENT if number == today else Ink.TEXT,
        )
        for number, (name, span) in enumerate(zip(weekdays(), hours.week, strict=True))
    ]
    return [
        Labelled("kept", say("Keeps hours"), kept),
        *days,
        Labelled("zone", say("Time zone"), clean_line(hours.zone)),
    ]
