"""``agent-tui shift``: the newest shift of whoever worked here, from the facts kept on this machine."""

from __future__ import annotations

import sys
import time
from contextlib import closing

from agent_tui.cli.connection import saved_server
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.metrics.facts import Named, NameKind, milliseconds
from agent_tui.desk.metrics.shift import LOOK_BACK, shift_of
from agent_tui.desk.text import clean_line
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.launch import Exit, Refusal
from agent_tui.screens.shift_words import Sheet, as_csv, as_json, as_markdown, as_text
from agent_tui.wording import say
from api_client.models.identity import AgentId


def shift(around: Surroundings, given: Given) -> int:
    """Print the sheet; returns the exit code."""
    server = saved_server(around, around.settings(given))
    with around.logging(), closing(FactsKept(around.places.facts, server)) as kept:
        me = next((one for one in kept.names() if one.kind is NameKind.ME), None)
        sheet = None if me is None else _sheet(kept, me)
    if sheet is None:
        raise Refusal(nothing_kept(), Exit.FAILED)
    form = as_json if given.json else as_csv if given.csv else as_markdown if given.markdown else as_text
    sys.stdout.write(form(sheet))
    return Exit.DONE


def _sheet(kept: FactsKept, me: Named) -> Sheet | None:
    agent, since = AgentId(me.id), milliseconds(time.time()) - LOOK_BACK
    found = shift_of(kept.load_own(agent, since).result(), agent)
    return None if found is None else Sheet(clean_line(me.name), found, len(found.holds))


def nothing_kept() -> str:
    """Why there is nothing to show."""
    return say("Nothing is kept yet: figures begin with the first customer, in the workstation or the board.")
