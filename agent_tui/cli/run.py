"""Runs a command: whatever goes wrong, one line on standard error and the right exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from agent_tui.cli.parser import Given, parse
from agent_tui.cli.surroundings import Surroundings, surroundings
from agent_tui.launch import Exit, Refusal

_INTERRUPTED = 130
"""What shells make of a program that Ctrl+C ended."""


def run(argv: Sequence[str]) -> int:
    """Run the command line; returns the exit code."""
    if argv[:1] == ["practice"]:
        _become_practice(argv[1:])
    around = surroundings()
    around.speak(argv)
    given = parse(argv)
    try:
        return _command(around, given)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return refusal.code
    except (KeyboardInterrupt, EOFError):
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; nothing may be flushed into the pipe at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except Exception as error:  # noqa: BLE001  the last net: nobody is shown a trace
        sys.stderr.write(f"{around.report(error)}\n")
        return Exit.FAILED


def _command(around: Surroundings, given: Given) -> int:
    # Each command brings its own imports, so that none pays for another's.
    match given.command:
        case "demo":
            from agent_tui.cli.workstation import demo  # noqa: PLC0415

            return demo(around, given)
        case "login":
            from agent_tui.cli.login import login  # noqa: PLC0415

            return login(around, given)
        case "profiles":
            from agent_tui.cli.profiles import profiles  # noqa: PLC0415

            return profiles(around, given)
        case "tags":
            from agent_tui.cli.tags import tags  # noqa: PLC0415

            return tags(around, given)
        case "queues":
            from agent_tui.cli.queues import queues  # noqa: PLC0415

            return queues(around, given)
        case "export":
            from agent_tui.cli.export import export  # noqa: PLC0415

            return export(around, given)
        case "canned":
            from agent_tui.cli.canned import canned  # noqa: PLC0415

            return canned(around, given)
        case "doctor":
            from agent_tui.cli.doctor import doctor  # noqa: PLC0415

            return doctor(around, given)
        case "shift":
            from agent_tui.cli.shift import shift  # noqa: PLC0415

            return shift(around, given)
        case "report":
            from agent_tui.cli.report import report  # noqa: PLC0415

            return report(around, given)
        case "monitor":
            from agent_tui.cli.monitor import monitor  # noqa: PLC0415

            return monitor(around, given)
        case _:
            from agent_tui.cli.workstation import work  # noqa: PLC0415

            return work(around, given)


def _become_practice(arguments: Sequence[str]) -> None:
    from agent_tui.demo import practice_command  # noqa: PLC0415

    os.environ.pop("AGENT_TUI_TOKEN", None)
    command = practice_command(arguments)
    os.execv(command[0], command)  # noqa: S606  our own interpreter and module
