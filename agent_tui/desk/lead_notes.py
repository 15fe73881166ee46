"""Notes between a lead and an agent: what a whisper and a call for help look like, here and elsewhere.

They are private notes that mention somebody. A sign at the beginning tells our own screens what they are;
whatever else shows them shows a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.desk.transcript import Line
from api_client.models.message import MessageKind

WHISPER: Final = "☞"
HELP: Final = "☏"
_REASON: Final = " · "
_SHOWN: Final = 120
"""Characters of a reason that are shown."""


def whisper(agent: Displayable, text: str) -> str:
    """The note that an agent is to read."""
    return f"{WHISPER} @{agent} {text.strip()}"


def call_for_help(leads: Iterable[Displayable], reason: str) -> str:
    """The note that calls the leads in; ``reason`` may be empty."""
    called = " ".join(f"@{lead}" for lead in leads)
    words = reason.strip()
    return f"{HELP} {called}".rstrip() + (f"{_REASON}{words}" if words else "")


def is_whisper(line: Line) -> bool:
    """Whether somebody wrote it to an agent."""
    return line.kind is MessageKind.NOTE and line.raw.startswith(WHISPER)


def reason_of(line: Line) -> Displayable | None:
    """What a call for help says beyond that, perhaps nothing; ``None`` of a line that is none."""
    if line.kind is not MessageKind.NOTE or not line.raw.startswith(HELP):
        return None
    _, found, words = line.shielded.partition(_REASON)
    return clean_line(words, limit=_SHOWN) if found else NOTHING
