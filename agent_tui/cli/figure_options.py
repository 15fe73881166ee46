"""The options of ``agent-tui shift`` and ``agent-tui report``."""

from __future__ import annotations

import argparse
from typing import Any

from agent_tui.desk.metrics.by import By
from agent_tui.wording import say


def add_figures(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """Add both; returns them."""
    return _shift(commands), _report(commands)


def _shift(commands: Any) -> argparse.ArgumentParser:
    words = say("your newest shift: what you did in it, from what is kept on this machine")
    shift: argparse.ArgumentParser = commands.add_parser("shift", help=words, description=words)
    _add_forms(shift)
    return shift


def _report(commands: Any) -> argparse.ArgumentParser:
    words = say("facts and figures of a day or a longer time, from what is kept on this machine")
    report: argparse.ArgumentParser = commands.add_parser("report", help=words, description=words)
    words = say("the first day, such as 2026-11-22; today when not given")
    report.add_argument("--from", dest="begin", metavar="DATE", help=words)
    report.add_argument("--to", dest="end", metavar="DATE", help=say("the last day; else the first"))
    words = say("what the rows are; hour when not given")
    report.add_argument("--by", choices=[by.value for by in By], default=By.HOUR.value, help=words)
    report.add_argument("--svg", metavar="FILE", help=say("draw the plots into this file"))
    _add_forms(report)
    return report


def _add_forms(parser: argparse.ArgumentParser) -> None:
    words = say("as JSON; the format is in docs/shift.md")
    parser.add_argument("--json", action="store_true", help=words)
    parser.add_argument("--csv", action="store_true", help=say("as a table for a spreadsheet"))
    parser.add_argument("--markdown", action="store_true", help=say("as Markdown"))
