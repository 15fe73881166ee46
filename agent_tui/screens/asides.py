"""What the status line says besides: what will be late, what was promised, what a draft would promise."""

from __future__ import annotations

from typing import Final, NamedTuple

from agent_tui.desk.model import DeskState
from agent_tui.desk.promises import OpenPromise, in_draft, open_promises
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Forecast, Given, Urgency
from agent_tui.desk.waiting import urgency
from agent_tui.widgets.cells import cut
from agent_tui.widgets.clock_face import time_of_day
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.wait_mark import promise_piece
from agent_tui.wording import count, say
from themes.contract import Ink

_NAME_CELLS: Final = 12
_HOUR: Final = 3600


class Said(NamedTuple):
    """An aside, and whether it cannot wait for room."""

    pieces: Pieces = ()
    pressing: bool = False


def said(state: DeskState, server: float, holding_key: Displayable) -> Said:
    """What is worth saying at server time ``server``, the most pressing of it."""
    if state.forecast is not None:
        return Said((Piece(forecast_words(state.forecast, server, holding_key), Ink.WARNING),), pressing=True)
    promises = open_promises(state)
    first = promises[0] if promises else None
    draft = in_draft(state, server)
    if draft is not None and (first is None or _level(first.given, server) is Urgency.CALM):
        return Said((Piece(_would_promise(draft), Ink.QUIET),))
    return Said() if first is None else _promised(first, server)


def forecast_words(forecast: Forecast, server: float, holding_key: Displayable) -> Displayable:
    """How many chats the agent will not be in time for, and what helps."""
    seconds, how_many = max(0, round(forecast.at - server)), len(forecast.conversations)
    told = (
        count("{n} chat late in {s} s", "{n} chats late in {s} s", how_many, s=seconds)
        if seconds
        else count("{n} chat late now", "{n} chats late now", how_many)
    )
    return say("{told} · {key} helps", told=told, key=holding_key) if holding_key else told


def _level(given: Given, server: float) -> Urgency:
    return urgency(given.promise, server - given.made)


def _would_promise(given: Given) -> Displayable:
    seconds = given.until - given.made
    if seconds >= _HOUR:
        return say("promise: until {time}", time=time_of_day(given.until, None))
    return say("promise: {n} min", n=max(1, round(seconds / 60)))


def _promised(first: OpenPromise, server: float) -> Said:
    words = say("promised {customer} ", customer=cut(first.customer, _NAME_CELLS))
    pieces = (Piece(words, Ink.QUIET), promise_piece(first.given, server))
    return Said(pieces, _level(first.given, server) is not Urgency.CALM)
