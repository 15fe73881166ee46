"""A notice in words with its weight, and why something did not work, as half a sentence."""

from __future__ import annotations

import enum
from typing import assert_never

from msgspec import Struct

from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable
from agent_tui.wording import say


class Weight(enum.Enum):
    """How much a notice matters."""

    FACT = "fact"
    WARNING = "warning"
    ERROR = "error"


class Told(Struct, frozen=True):
    """A notice in words."""

    text: Displayable
    weight: Weight


def reason(problem: Problem) -> Displayable:
    """Why something did not work, as half a sentence, with the server's own words when there are any."""
    if problem.trouble is Trouble.FILE and problem.detail:
        return problem.detail  # names the file and says what is wrong with it
    why = _trouble(problem.trouble)
    return say("{why} ({detail})", why=why, detail=problem.detail) if problem.detail else why


def _trouble(trouble: Trouble) -> Displayable:
    match trouble:
        case Trouble.UNREACHABLE:
            return say("the server cannot be reached")
        case Trouble.UNCERTAIN:
            return say("the answer got lost, so it may or may not have arrived")
        case Trouble.NOT_SENT:
            return say("it never left this machine")
        case Trouble.OVERTAKEN:
            return say("a colleague answered while the connection was lost")
        case Trouble.NOT_SIGNED_IN:
            return say("the server does not accept your sign-in")
        case Trouble.NOT_ALLOWED:
            return say("your account may not do this")
        case Trouble.NOT_FOUND:
            return say("it is no longer there")
        case Trouble.REFUSED:
            return say("the server declined it")
        case Trouble.TOO_LARGE:
            return say("it is too large")
        case Trouble.TAKEN_BACK:
            return say("you took the text before it back")
        case Trouble.FILE:
            return say("a file cannot be read")
        case Trouble.LIMITED:
            return say("the server asks for fewer requests")
        case Trouble.SERVER_FAULT:
            return say("the server failed")
        case Trouble.BAD_ANSWER:
            return say("the server gave an answer that makes no sense")
        case Trouble.IN_USE:
            return say("you already work there in another window")
        case Trouble.UNSUPPORTED:
            return say("this server cannot do that")
        case Trouble.DISK:
            return say("the disk cannot be written")
        case _:
            assert_never(trouble)
