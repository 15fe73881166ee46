"""What a workstation needs to start, what keeps it from starting, and the exit code for each."""

from __future__ import annotations

import enum
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import clean_line
from agent_tui.keys_in_force import Keymap
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks, looks, wants_simple
from agent_tui.notices import reason
from agent_tui.profiles import ANYWHERE, Whereabouts
from agent_tui.settings import DeskSettings, Settings
from agent_tui.wording import say
from themes.loader import ThemeError

if TYPE_CHECKING:
    from agent_tui.engine.engine import Engine
    from agent_tui.engine.facts_kept import FactsKept

COLUMNS: Final = 80
ROWS: Final = 24


class Exit(enum.IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    CANNOT_CONNECT = 3
    NOT_ALLOWED = 4


class Refusal(Exception):
    """Why a command does not go on: its text is one line for the person at the terminal."""

    def __init__(self, line: str, code: int) -> None:
        super().__init__(line)
        self.code = code


class SignInRefused(Refusal):
    """The server does not accept the token."""

    def __init__(self, line: str) -> None:
        super().__init__(line, Exit.NOT_ALLOWED)


class Left(NamedTuple):
    """How the workstation was left."""

    code: int
    """The exit code."""
    profile: str = ""
    """The profile to go on with; empty: none."""


class WorkstationOptions(Struct, frozen=True):
    """All that the workstation is given."""

    engine: Callable[[], Engine]
    """Makes the engine; called on the engine's thread, which pays for its imports."""
    lookout: LookoutMeans
    """What the lead's board works with."""
    where: str
    """The server as the person knows it."""
    themes: Path
    """The folder of the person's own themes."""
    settings: Settings
    keys: Keymap
    report: Callable[[BaseException], str]
    """Writes a crash report; returns the line to print when the terminal is back."""
    present: bool = False
    """Names are hidden and the keys pressed are shown."""
    whereabouts: Whereabouts = ANYWHERE
    """Which of the person's desks this is."""
    exports: Path = Path("exports")
    """The folder for chats and sheets that are written to files."""
    facts: Callable[[], FactsKept] | None = None
    """Opens the file of the facts that figures are made from; ``None`` keeps them for this run alone."""


def start_refusal(problem: Problem, where: str) -> Refusal:
    """The line and code for a sign-in at ``where`` that did not work."""
    if problem.trouble is Trouble.IN_USE:
        words = say(
            "You already work at {where} in another window of this machine (process {process}). Go on there, "
            "or leave it with its own key and start again.",
            where=clean_line(where), process=problem.detail,
        )  # fmt: skip
        return Refusal(words, Exit.FAILED)
    why = say("Cannot sign in at {where}: {why}.", where=clean_line(where), why=reason(problem))
    match problem.trouble:
        case Trouble.NOT_SIGNED_IN:
            hint = say("Sign in anew with: agent-tui login")
            return SignInRefused(f"{why} {hint} {where}")
        case Trouble.NOT_ALLOWED:
            return Refusal(why, Exit.NOT_ALLOWED)
        case Trouble.UNREACHABLE | Trouble.BAD_ANSWER | Trouble.NOT_FOUND | Trouble.SERVER_FAULT:
            hint = say("Check the address and the network.")
            return Refusal(f"{why} {hint}", Exit.CANNOT_CONNECT)
        case _:
            return Refusal(why, Exit.CANNOT_CONNECT)


def has_terminal() -> bool:
    """Whether somebody sits at it: the screen is painted on standard error, keys come from standard input."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def check_terminal(environ: Mapping[str, str], *, linear: bool = False) -> None:
    """Raises :class:`Refusal` where a full screen cannot be shown; with ``linear``, where no lines can."""
    if not has_terminal():
        words = say("The workstation needs a terminal; for scripts there is: agent-tui queues --json")
        raise Refusal(words, Exit.WRONG_USAGE)
    if linear:
        return
    if environ.get("TERM") == "dumb":
        raise Refusal(say("This terminal cannot place text on the screen (TERM=dumb)."), Exit.FAILED)
    size = os.get_terminal_size(sys.stderr.fileno())
    if size.columns < COLUMNS or size.lines < ROWS:
        words = say(
            "This terminal is {columns} columns by {rows} rows; the workstation needs {wide} by {high}. "
            "Enlarge the window or make its letters smaller, and start again.",
            columns=size.columns, rows=size.lines, wide=COLUMNS, high=ROWS,
        )  # fmt: skip
        raise Refusal(words, Exit.FAILED)


def looks_of(desk: DeskSettings, folder: Path, environ: Mapping[str, str]) -> Looks:
    """How the desk looks by the settings; ``folder`` holds the person's own themes.

    Raises:
        Refusal: the theme asked for does not exist or breaks the contract.
    """
    try:
        simple = wants_simple(desk.emoji, environ)
        return looks(desk, folder, no_color=bool(environ.get("NO_COLOR")), simple_emoji=simple)
    except ThemeError as error:
        raise Refusal(str(error), Exit.WRONG_USAGE) from error
