"""The commands and their options."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from agent_tui.cli.figure_options import add_figures
from agent_tui.cli.scraped import USUAL_PORT
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.launch import Exit
from agent_tui.wording import say


class Given(argparse.Namespace):
    """What was asked for. An option that was not given is ``None``."""

    command: str | None
    profile: str | None
    name: str
    new_name: str
    theme: str | None
    language: str | None
    linear: str | None
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
    present: bool
    watch: bool
    every: int | None
    metrics: str | None
    what: str
    words: list[str]
    folders: list[str]
    links: bool
    unused_days: int | None
    need: str | None
    format: str
    file: str | None
    to: str | None
    csv: bool
    days: int | None
    markdown: bool
    svg: str | None
    begin: str | None
    end: str | None
    by: str
    chats: list[str]
    notes: bool
    numbers: bool

    @property
    def settings(self) -> dict[str, str]:
        """Settings given on the command line, by ``section.name``."""
        found = {
            "desk.profile": self.profile,
            "desk.theme": self.theme,
            "desk.language": self.language,
            "desk.linear": self.linear,
        }
        return {name: value for name, value in found.items() if value is not None}


class _Formatter(argparse.HelpFormatter):
    """The help with its headings in the user's language."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """``usage`` stands before the command line."""
        super().add_usage(usage, actions, groups, f"{say('usage:')} " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """What the two groups of arguments are called."""
        headings = {"options": say("options"), "positional arguments": say("arguments")}
        super().start_section(headings.get(heading or "", heading))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, **given)
        self.add_argument("-h", "--help", action="help", help=say("show this help and leave"))

    def error(self, message: str) -> NoReturn:
        problem, program = _problem(message), Displayable(self.prog)
        words = say("agent-tui: {problem}; see {program} --help", problem=problem, program=program)
        self.exit(Exit.WRONG_USAGE, f"{words}\n")


def _problem(message: str) -> Displayable:
    """What argparse says is wrong, in the user's language as far as it says it in one of these ways."""
    found = _WAYS.fullmatch(message)
    if found is None:
        return clean_line(message)
    given = {name: clean_line(text) for name, text in found.groupdict().items() if text is not None}
    if "unknown" in given:
        return say("unknown: {words}", words=given["unknown"])
    if "missing" in given:
        return say("missing: {words}", words=given["missing"])
    if "choice" in given:
        return say(
            "{name} cannot be {value}; there is {names}",
            name=given["of"], value=given["choice"], names=given["choices"],
        )  # fmt: skip
    return say("{name} needs a value", name=given["empty"])


_WAYS: Final = re.compile(
    "unrecognized arguments: (?P<unknown>.+)"
    "|the following arguments are required: (?P<missing>.+)"
    r"|argument (?P<of>.+?): invalid choice: (?P<choice>.+) \(choose from (?P<choices>.+)\)"
    "|argument (?P<empty>.+?): expected one argument"
)
"""How argparse puts it."""


class _Version(argparse.Action):
    """Says the version and ends. Looked up only then: that takes longer than reading the command line."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata  # noqa: PLC0415  see above

        sys.stdout.write(f"agent-tui {metadata.version('agent-tui')}\n")
        parser.exit()


def parse(argv: Sequence[str]) -> Given:
    """The command line as given. Ends the program on --help, --version and wrong usage."""
    # To describe every command takes as long as a frame, so the workstation by itself does without.
    alone = all(word.startswith("-") and word not in {"-h", "--help"} for word in argv)
    parser = _alone()
    if not alone:
        _add_commands(parser)
    return parser.parse_args(argv, Given())


def _alone() -> _Parser:
    parser = _Parser(
        prog="agent-tui", description=say("The desk of a chat agent, in a terminal."), epilog=_epilog()
    )
    parser.add_argument(
        "--version",
        action=_Version,
        help=say("show the version and leave"),
    )
    _add_looks(parser, None)
    _add_profile(parser, None)
    parser.set_defaults(command=None)
    return parser


def _add_commands(parser: _Parser) -> None:
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands)
    _add_login(commands)
    _add_profiles(commands)
    _add_queues(commands)
    _add_export(commands)
    _add_tags(commands)
    words = say("the team lead's board: queues and agents by the second; it looks on and changes nothing")
    monitor = commands.add_parser("monitor", help=words, description=words)
    _add_profile(monitor)
    _add_present(monitor)
    _add_metrics(monitor)
    for command in add_figures(commands):
        _add_profile(command)
    _add_doctor(commands)
    _add_canned(commands)
    commands.add_parser(
        "practice", help=say("run a practice desk by itself: agent-tui practice serve --help")
    )


def _epilog() -> str:
    return say(
        "Without a command: the workstation, with the saved connection, else the sign-in. AGENT_TUI_URL, "
        "AGENT_TUI_TOKEN and AGENT_TUI_BACKEND override what is saved."
    )


def _add_looks(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--theme", metavar="NAME", default=default, help=say("colours: dark, light, mono, or a TOML file")
    )
    _add_present(parser, default=default)
    parser.add_argument("--language", metavar="CODE", default=default, help=say("two letters, such as fi"))
    words = say("the desk by lines, for a screen reader")
    parser.add_argument("--linear", action="store_const", const="true", default=default, help=words)


def _add_present(parser: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    words = say("for an audience: names are hidden, keys are shown")
    parser.add_argument("--present", action="store_true", default=default or False, help=words)


def _add_profile(parser: argparse.ArgumentParser, default: str | None = argparse.SUPPRESS) -> None:
    words = say("which saved connection; agent-tui profiles list names them")
    parser.add_argument("--profile", metavar="NAME", default=default, help=words)


def _add_demo(commands: Any) -> None:
    words = say("practice desk and workstation together; every customer is invented")
    demo = commands.add_parser("demo", help=words, description=words)
    _add_looks(demo, argparse.SUPPRESS)
    demo.add_argument("--desk", metavar="NAME", help=say("which desk: a name, or a folder of TOML files"))
    demo.add_argument("--seed", metavar="N", help=say("a number that makes the run repeat exactly"))
    demo.add_argument("--speed", metavar="X", help=say("how much faster than real time the customers live"))
    demo.add_argument(
        "--rate", metavar="PER_MINUTE", help=say("arrivals per minute, in place of the pattern")
    )
    demo.add_argument("--pattern", metavar="NAME", help=say("how customers arrive: calm or rush"))


def _add_login(commands: Any) -> None:
    words = say("choose a chat backend, sign in, keep the token in the system's keyring")
    login = commands.add_parser("login", help=words, description=words)
    words = say("address of the backend, such as https://chat.example.org; asked for when not given")
    login.add_argument("url", metavar="URL", nargs="?", default="", help=words)
    words = say("what to call this connection; else it is called after the server")
    login.add_argument("--profile", metavar="NAME", default=argparse.SUPPRESS, help=words)
    login.add_argument("--email", metavar="ADDRESS", help=say("whom to sign in; asked for when not given"))
    login.add_argument(
        "--token-stdin",
        action="store_true",
        help=say("read an access token from standard input, ask nothing"),
    )
    login.add_argument(
        "--allow-plain-http", action="store_true", help=say("let plain http go to another machine (unsafe)")
    )


def _add_profiles(commands: Any) -> None:
    words = say("the saved connections: list, remove, rename, choose which to start with")
    parser = commands.add_parser("profiles", help=words, description=words)
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    words = say("all of them, with their servers")
    kinds.add_parser("list", help=words, description=words).add_argument(
        "--json", action="store_true", help=say("as JSON; the format is in docs/cli.md")
    )
    words = say("start with this one from now on; without a name, be asked")
    chosen = kinds.add_parser("default", help=words, description=words)
    chosen.add_argument("name", metavar="NAME", nargs="?", default="")
    words = say("forget a connection and its token")
    kinds.add_parser("remove", help=words, description=words).add_argument("name", metavar="NAME")
    words = say("call a connection otherwise")
    renamed = kinds.add_parser("rename", help=words, description=words)
    renamed.add_argument("name", metavar="NAME")
    renamed.add_argument("new_name", metavar="NEW_NAME")


def _add_tags(commands: Any) -> None:
    words = say("what people ask about: tags by queue and day, from the server")
    tags = commands.add_parser("tags", help=words, description=words)
    _add_profile(tags)
    tags.add_argument("--days", type=int, metavar="N", help=say("the last N days, today one of them; else 7"))
    tags.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/cli.md"))
    tags.add_argument("--csv", action="store_true", help=say("as a table for a spreadsheet"))


def _add_queues(commands: Any) -> None:
    words = say("how many customers wait in each queue and how long, for scripts and wallboards")
    queues = commands.add_parser("queues", help=words, description=words)
    _add_profile(queues)
    queues.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/cli.md"))
    queues.add_argument(
        "--watch", action="store_true", help=say("go on until Ctrl+C, a line for every change")
    )
    queues.add_argument(
        "--every",
        type=int,
        metavar="SECONDS",
        help=say("go on, a line every so many seconds whether anything changed or not"),
    )
    _add_metrics(queues)


def _add_metrics(command: Any) -> None:
    words = say(
        "tell figures to Prometheus all the time, on this port of this machine ({port} when none is given)",
        port=USUAL_PORT,
    )
    command.add_argument("--metrics", metavar="PORT", nargs="?", const=USUAL_PORT, default=None, help=words)


def _add_export(commands: Any) -> None:
    words = say("chats, whole, in one new file; prints where it is")
    export = commands.add_parser("export", help=words, description=words)
    _add_profile(export)
    export.add_argument("chats", nargs="+", metavar="CHAT", help=say("the number of a chat"))
    export.add_argument(
        "--format",
        choices=("md", "txt", "json"),
        default="md",
        help=say("how it is written; md when not given"),
    )
    export.add_argument(
        "--notes", action="store_true", help=say("with notes and what happened, which customers never see")
    )
    export.add_argument(
        "--numbers", action="store_true", help=say("with identity codes, accounts and cards, not starred out")
    )
    export.add_argument(
        "--to", metavar="FOLDER", help=say("where the file goes; else where the settings say")
    )


def _add_doctor(commands: Any) -> None:
    words = say("look at terminal, connection, keyring and notices, and say what to do")
    doctor = commands.add_parser("doctor", help=words, description=words)
    _add_profile(doctor)
    doctor.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/cli.md"))


def _add_canned(commands: Any) -> None:
    words = say("the canned responses in files: list, check, import, export, how they do")
    canned = commands.add_parser("canned", help=words, description=words)
    kinds = canned.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_canned_list(kinds)
    _add_canned_check(kinds)
    _add_canned_trade(kinds)
    _add_canned_stats(kinds)


def _add_canned_list(kinds: Any) -> None:
    words = say("the responses, or those that fit some words")
    shown = kinds.add_parser("list", help=words, description=words)
    shown.add_argument("words", nargs="*", metavar="WORD", help=say("as typed after / in the workstation"))
    shown.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/canned.md"))


def _add_canned_check(kinds: Any) -> None:
    words = say("mistakes in the responses; exit code 1 when there are any, for CI of a team's folder")
    check = kinds.add_parser("check", help=words, description=words)
    check.add_argument("folders", nargs="*", metavar="FOLDER", help=say("in place of those in the settings"))
    check.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/canned.md"))
    check.add_argument("--links", action="store_true", help=say("ask every address whether it answers"))
    check.add_argument("--unused-days", type=int, metavar="N", help=say("name those not used for N days"))
    check.add_argument("--need", metavar="CODES", help=say("languages each must have, such as fi,sv"))


def _add_canned_trade(kinds: Any) -> None:
    formats = say("chatwoot, libredesk, csv, espanso, markdown, toml or yaml")
    words = say("responses from another tool's file, each into a file of its own")
    taken = kinds.add_parser("import", help=words, description=words)
    taken.add_argument("format", metavar="FORMAT", help=formats)
    taken.add_argument("file", metavar="FILE", help=say("the file, or the folder of Markdown files"))
    taken.add_argument("--to", metavar="FOLDER", help=say("where they go; else your own folder"))
    words = say("the responses for another tool")
    given = kinds.add_parser("export", help=words, description=words)
    given.add_argument("format", metavar="FORMAT", help=formats)
    given.add_argument(
        "file", nargs="?", metavar="FILE", help=say("else standard output; a folder for Markdown")
    )


def _add_canned_stats(kinds: Any) -> None:
    words = say("which responses are used, edited, dropped, and what customers do after them")
    stats = kinds.add_parser("stats", help=words, description=words)
    stats.add_argument("--days", type=int, metavar="N", help=say("of the last N days; else all"))
    stats.add_argument("--json", action="store_true", help=say("as JSON; the format is in docs/canned.md"))
    stats.add_argument("--csv", action="store_true", help=say("as a table for a spreadsheet"))


def practice_arguments(given: Given) -> list[str]:
    """The demo's options as the practice desk spells them."""
    names = ("desk", "seed", "speed", "rate", "pattern")
    return [f"--{name}={value}" for name in names if (value := getattr(given, name)) is not None]
