"""What a check of ``agent-tui doctor`` found, and how it is told to people and to scripts."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.interchange import json_text
from agent_tui.wording import say


class Verdict(enum.Enum):
    """How well something stands."""

    OK = "ok"
    WARN = "warn"
    """Work goes on, with less."""
    BAD = "bad"
    """Work does not go on."""
    SKIPPED = "skipped"
    """It could not be looked at here."""


class Finding(Struct, frozen=True):
    """One line of the report."""

    check: str
    """A stable word for scripts."""
    verdict: Verdict
    words: Displayable
    remedy: Displayable = NOTHING
    """What to do about it."""


def line_of(finding: Finding) -> str:
    """A finding as people read it: a mark and a word, what was found, what to do."""
    marks = {
        Verdict.OK: say("✓ ok"),
        Verdict.WARN: say("! note"),
        Verdict.BAD: say("✗ bad"),
        Verdict.SKIPPED: say("- skipped"),
    }
    first = f"{marks[finding.verdict]:<10} {finding.words}"
    return f"{first}\n           → {finding.remedy}" if finding.remedy else first


def summary(findings: Iterable[Finding]) -> Displayable:
    """The last line: whether one can work."""
    verdicts = [finding.verdict for finding in findings]
    if Verdict.BAD in verdicts:
        return say("Something keeps you from working; see the lines marked bad.")
    if Verdict.WARN in verdicts:
        return say("You can work. The notes say what would make it better.")
    return say("All is well.")


def as_json(findings: Sequence[Finding]) -> str:
    """The report for scripts, on one line."""
    told = [
        {"check": one.check, "verdict": one.verdict.value, "words": one.words, "remedy": one.remedy}
        for one in findings
    ]
    return json_text({"well": all(one.verdict is not Verdict.BAD for one in findings), "findings": told})
