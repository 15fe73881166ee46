"""The commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import metadata
from typing import Any, NoReturn

from agent_tui.launch import Exit


class Given(argparse.Namespace):
    """What was asked for. An option that was not given is ``None``."""

    command: str | None
    theme: str | None
    language: str | None
    desk: str | None
    seed: str | None
    speed: str | None
    rate: str | None
    pattern: str | None
    url: str
    email: str | None
    token_stdin: bool
    allow_plain_http: bool
    json: bool
    watch: bool

    @property
    def settings(self) -> dict[str, str]:
        """Settings given on the command line, by ``section.name``."""
        found = {"desk.theme": self.theme, "desk.language": self.language}
        return {name: value for name, value in found.items() if value is not None}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(Exit.WRONG_USAGE, f"agent-tui: {message}; see {self.prog} --help\n")


def parse(argv: Sequence[str]) -> Given:
    """The command line as given. Ends the program on --help, --version and wrong usage."""
    return _parser().parse_args(argv, Given())


def _parser() -> _Parser:
    parser = _Parser(prog="agent-tui", description="The desk of a chat agent, in a terminal.", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"agent-tui {metadata.version('agent-tui')}")
    _add_looks(parser, None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands)
    _add_login(commands)
    _add_queues(commands)
    commands.add_parser("practice", help="run a practice desk by itself: agent-tui practice serve --help")
    return parser


_EPILOG = (
    "Without a command: the workstation, with the saved connection. AGENT_TUI_URL, AGENT_TUI_TOKEN and "
    "AGENT_TUI_BACKEND override what is saved."
)


def _add_looks(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--theme", metavar="NAME", default=default, help="colours: dark, light, mono, or a TOML file"
    )
    parser.add_argument("--language", metavar="CODE", default=default, help="two letters, such as fi")


def _add_demo(commands: Any) -> None:
    words = "practice desk and workstation together; every customer is invented"
    demo = commands.add_parser("demo", help=words, description=words)
    _add_looks(demo, argparse.SUPPRESS)
    demo.add_argument("--desk", metavar="NAME", help="which desk: a name, or a folder of TOML files")
    demo.add_argument("--seed", metavar="N", help="a number that makes the run repeat exactly")
    demo.add_argument("--speed", metavar="X", help="how much faster than real time the customers live")
    demo.add_argument("--rate", metavar="PER_MINUTE", help="arrivals per minute, in place of the pattern")
    demo.add_argument("--pattern", metavar="NAME", help="how customers arrive: calm or rush")


def _add_login(commands: Any) -> None:
    words = "choose a chat backend, sign in, keep the token in the system's keyring"
    login = commands.add_parser("login", help=words, description=words)
    login.add_argument("url", metavar="URL", help="address of the backend, such as https://chat.example.org")
    login.add_argument("--email", metavar="ADDRESS", help="whom to sign in; asked for when not given")
    login.add_argument(
        "--token-stdin", action="store_true", help="read an access token from standard input, ask nothing"
    )
    login.add_argument(
        "--allow-plain-http", action="store_true", help="let plain http go to another machine (unsafe)"
    )


def _add_queues(commands: Any) -> None:
    words = "how many customers wait in each queue and how long, for scripts and wallboards"
    queues = commands.add_parser("queues", help=words, description=words)
    queues.add_argument("--json", action="store_true", help="as JSON; the format is in docs/cli.md")
    queues.add_argument("--watch", action="store_true", help="go on until Ctrl+C, a line for every change")


def practice_arguments(given: Given) -> list[str]:
    """The demo's options as the practice desk spells them."""
    names = ("desk", "seed", "speed", "rate", "pattern")
    return [f"--{name}={value}" for name in names if (value := getattr(given, name)) is not None]
