"""``agent-tui doctor``: what the terminal can do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from agent_tui.cli.doctor_findings import Finding, Verdict
from agent_tui.cli.terminal_talk import Talk
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.launch import COLUMNS, ROWS
from agent_tui.widgets.cells import width
from agent_tui.wording import count, say

SAMPLES: Final = ("å", "e\u0301", "漢", "😀", "👍🏽", "❤️", "🇫🇮", "👩‍👩‍👧")
"""What customers write: letters with marks, wide letters, emoji plain, coloured, joined."""
_SLOW: Final = 0.15
"""Seconds from which on typing feels slow."""
_SIDE_BY_SIDE: Final = 160


def described(environ: Mapping[str, str]) -> Iterator[Finding]:
    """What the terminal says of itself."""
    name = environ.get("TERM", "")
    if not name or name == "dumb":
        words = say("This terminal cannot place text on the screen (TERM={name}).", name=clean_line(name))
        remedy = say("Start from another terminal, or set TERM to what it is.")
        yield Finding("terminal", Verdict.BAD, words, remedy)
    else:
        yield Finding("terminal", Verdict.OK, say("Terminal: {name}", name=_name(environ)))
    yield _colours(environ)


def _name(environ: Mapping[str, str]) -> Displayable:
    program = environ.get("TERM_PROGRAM") or environ.get("LC_TERMINAL") or ""
    between = [
        word
        for word, there in (
            ("tmux", "TMUX" in environ),
            ("screen", "STY" in environ),
            ("ssh", "SSH_CONNECTION" in environ),
        )
        if there
    ]
    return clean_line(" · ".join(dict.fromkeys(filter(None, (environ.get("TERM", ""), program, *between)))))


def _colours(environ: Mapping[str, str]) -> Finding:
    name = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return Finding("colours", Verdict.OK, say("Colours: none, as NO_COLOR asks."))
    if environ.get("COLORTERM") in {"truecolor", "24bit"}:
        return Finding("colours", Verdict.OK, say("Colours: all."))
    if "256" in name or "direct" in name:
        return Finding("colours", Verdict.OK, say("Colours: 256."))
    remedy = say("If your terminal has more, set COLORTERM=truecolor; else the theme mono reads best.")
    return Finding("colours", Verdict.WARN, say("Colours: 16."), remedy)


def sized() -> Finding:
    """Whether the desk fits."""
    if not sys.stderr.isatty():
        return Finding("size", Verdict.SKIPPED, say("Size: there is no terminal here."))
    size = os.get_terminal_size(sys.stderr.fileno())
    shown = Displayable(f"{size.columns} x {size.lines}")
    if size.columns < COLUMNS or size.lines < ROWS:
        words = say("Size: {size}, and the desk needs 80 x 24.", size=shown)
        return Finding("size", Verdict.BAD, words, say("Enlarge the window or make its letters smaller."))
    room = say("room for chats side by side") if size.columns >= _SIDE_BY_SIDE else say("room for one chat")
    return Finding("size", Verdict.OK, say("Size: {size}, {room}.", size=shown, room=room))


def spoken_to(talk: Talk) -> Iterator[Finding]:
    """What the terminal answers when it is asked."""
    yield _delay(talk.delay())
    yield _keys(modern=talk.knows_modern_keys())
    yield _widths({sample: talk.width_of(sample) for sample in SAMPLES})


def unspoken_to() -> Iterator[Finding]:
    """The same, where there is nobody to ask."""
    yield _delay(None)
    yield _keys(modern=None)
    yield _widths({})


def _delay(seconds: float | None) -> Finding:
    if seconds is None:
        return Finding("latency", Verdict.SKIPPED, say("Delay: no terminal answers here."))
    words = say("Delay: {n} ms from a question to the terminal's answer.", n=round(seconds * 1000))
    if seconds < _SLOW:
        return Finding("latency", Verdict.OK, words)
    remedy = say("The desk paints what you type first. A nearer machine would make it quicker.")
    return Finding("latency", Verdict.WARN, words, remedy)


def _keys(*, modern: bool | None) -> Finding:
    if modern is None:
        return Finding("keys", Verdict.SKIPPED, say("Keys: no terminal answers here."))
    if modern:
        words = say("Keys: the modern protocol; Shift+Enter starts a new line as Ctrl+J does.")
    else:
        words = say("Keys: the plain protocol, which is enough; Ctrl+J starts a new line.")
    return Finding("keys", Verdict.OK, words)


def _widths(measured: Mapping[str, int | None]) -> Finding:
    if not measured or None in measured.values():
        return Finding("widths", Verdict.SKIPPED, say("Emoji: no terminal answers here."))
    wrong = [sample for sample, cells in measured.items() if cells != width(sample)]
    if not wrong:
        return Finding("widths", Verdict.OK, say("Emoji and letters with marks are as wide as expected."))
    told = ", ".join(f"{sample} {measured[sample]}/{width(sample)}" for sample in wrong)
    words = count(
        "{n} sign is wider or narrower here than expected (here/expected): {signs}",
        "{n} signs are wider or narrower here than expected (here/expected): {signs}",
        len(wrong),
        signs=clean_line(told),
    )
    remedy = say(
        "Rows with such signs may be a cell off. The setting emoji (simple) or a newer terminal helps."
    )
    return Finding("widths", Verdict.WARN, words, remedy)
