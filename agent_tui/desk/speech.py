"""Which language a customer writes in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import language_of
from agent_tui.desk.transcript import Line
from api_client.models.message import MessageKind
from canned.certainty import sure_of
from canned.languages import SMALL_WORDS

_LOOKED_BACK: Final = 200
"""Lines of the conversation looked at."""
_ENOUGH: Final = 12
"""Lines of the customer's that tell their language."""


def spoken(chat: Chat) -> tuple[str, ...]:
    """The languages the customer has written for sure, the newest first; else the one they came with.

    Nothing where that is none that can be told apart.
    """
    theirs = [line.text for line in newest_first(chat) if line.kind is MessageKind.CUSTOMER][:_ENOUGH]
    found = dict.fromkeys(filter(None, map(sure_of, (*theirs, "\n".join(theirs)))))
    declared = language_of(chat)
    return tuple(found) or ((declared,) if declared in SMALL_WORDS else ())


def language_for(chat: Chat) -> str:
    """The language to answer in, in two letters: what they write, else what they came with; may be empty."""
    return next(iter(spoken(chat)), language_of(chat))


def newest_first(chat: Chat) -> Iterator[Line]:
    """The newest lines, the newest first."""
    lines = chat.transcript.lines
    return (lines[-number] for number in range(1, min(len(lines), _LOOKED_BACK) + 1))
