"""``agent-tui doctor``: what is sent to call the person, by which way, and whether it reached them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from agent_tui.cli.doctor_findings import Finding, Verdict
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.notifier import BELL, Form, form_for, notice
from agent_tui.settings_schema import NoticeSettings
from agent_tui.wording import say

_TMUX_WITHIN: Final = 2.0
"""Seconds that tmux gets to tell its settings."""
_ASKED_OF_TMUX: Final = ("allow-passthrough", "monitor-bell", "bell-action")
_OFF: Final = {"0", "off", "none"}
_FORMS: Final[Mapping[Form, str]] = {"osc9": "OSC 9", "osc777": "OSC 777"}

Ask = Callable[[str], bool | None]
"""Puts a question and hears yes or no; ``None``: nobody answered in time."""


async def tmux_settings() -> Mapping[str, str]:
    """What tmux says of its settings for this pane; empty where none answers."""
    wanted = "\n".join(f"#{{{name}}}" for name in _ASKED_OF_TMUX)
    nothing = asyncio.subprocess.DEVNULL
    try:
        tmux = await asyncio.create_subprocess_exec(
            "tmux", "display-message", "-p", wanted,
            stdin=nothing, stdout=asyncio.subprocess.PIPE, stderr=nothing,
        )  # fmt: skip
    except OSError:
        return {}
    try:
        async with asyncio.timeout(_TMUX_WITHIN):
            told, _ = await tmux.communicate()
    except TimeoutError:
        tmux.kill()
        await tmux.wait()
        return {}
    return dict(zip(_ASKED_OF_TMUX, told.decode("utf-8", "replace").splitlines(), strict=False))


def between(environ: Mapping[str, str], tmux: Mapping[str, str]) -> Iterator[Finding]:
    """Whether tmux, where it stands in between, lets calls through."""
    if not environ.get("TMUX"):
        return
    off = [name for name in _ASKED_OF_TMUX if tmux.get(name) in _OFF]
    if not tmux:
        yield Finding("tmux", Verdict.SKIPPED, say("tmux: it does not tell its settings."))
    elif off:
        words = say("tmux keeps calls back: {names} is off.", names=clean_line(", ".join(off)))
        yield Finding("tmux", Verdict.WARN, words, _tmux_remedy(off))
    else:
        yield Finding("tmux", Verdict.OK, say("tmux lets the bell and notices through."))


def _tmux_remedy(off: list[str]) -> Displayable:
    on = {"bell-action": "any"}
    lines = " ; ".join(f"set -g {name} {on.get(name, 'on')}" for name in off)
    return say("Put into ~/.tmux.conf: {lines}", lines=clean_line(lines))


def called(
    chosen: NoticeSettings, environ: Mapping[str, str], write: Callable[[str], None], ask: Ask
) -> Iterator[Finding]:
    """Ring and show a notice, and ask whether they came."""
    bell, form = _bell(environ), _form(chosen, environ)
    write(BELL)
    heard = ask(say("Sent: {what}. Did you hear or see it? (y/n)", what=bell))
    yield _came("bell", bell, heard, _bell_remedy(environ))
    if form == "off":
        yield _no_notice()
        return
    told = _notice(form, environ)
    write(notice(say("This is what a notice of agent-tui looks like"), form, environ))
    # Who did not answer once is not there to be waited for again.
    seen = None if heard is None else ask(say("Sent: {what}. Did a notice show? (y/n)", what=told))
    yield _came("notice", told, seen, _notice_remedy(environ))


def uncalled(chosen: NoticeSettings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What would be sent, where there is nobody to ask; nothing is."""
    yield _came("bell", _bell(environ), None)
    form = _form(chosen, environ)
    yield _no_notice() if form == "off" else _came("notice", _notice(form, environ), None)


def _form(chosen: NoticeSettings, environ: Mapping[str, str]) -> Form:
    return form_for(environ) if chosen.terminal == "auto" else chosen.terminal


def _bell(environ: Mapping[str, str]) -> Displayable:
    hops = [say("through tmux")] if environ.get("TMUX") else []
    return _by_way(say("The bell"), [*hops, *_far(environ)])


def _notice(form: Form, environ: Mapping[str, str]) -> Displayable:
    hops = [Displayable(_FORMS[form])]
    if environ.get("TMUX"):
        hops.append(say("past tmux by allow-passthrough"))
    elif environ.get("STY"):
        hops.append(say("past screen"))
    return _by_way(say("The terminal's notice"), [*hops, *_far(environ)])


def _far(environ: Mapping[str, str]) -> list[Displayable]:
    return [say("over ssh")] if environ.get("SSH_CONNECTION") else []


def _by_way(what: Displayable, hops: list[Displayable]) -> Displayable:
    return Displayable(f"{what} ({', '.join(hops)})") if hops else what


def _no_notice() -> Finding:
    return Finding("notice", Verdict.SKIPPED, say("Notices of the terminal: off, or not known here."))


def _came(check: str, what: Displayable, came: bool | None, remedy: Displayable | None = None) -> Finding:  # noqa: FBT001  an answer
    if came is None:
        words = say("{what}: nobody said whether it came.", what=what)
        return Finding(check, Verdict.SKIPPED, words)
    if came or remedy is None:
        return Finding(check, Verdict.OK, say("{what} reaches you.", what=what))
    return Finding(check, Verdict.WARN, say("{what} does not reach you.", what=what), remedy)


def _bell_remedy(environ: Mapping[str, str]) -> Displayable:
    own = say("Turn the bell on, as a sound or a flash, in the settings of the terminal you sit at.")
    if environ.get("TMUX"):
        return say("In tmux: set -g monitor-bell on, and set -g bell-action any. {other}", other=own)
    return own


def _notice_remedy(environ: Mapping[str, str]) -> Displayable:
    other = say(
        'Let the terminal you sit at show notices, or try the other way: terminal = "osc9" or "osc777" '
        "under [notices], or desktop = true."
    )
    if environ.get("TMUX"):
        return say("In tmux: set -g allow-passthrough on. {other}", other=other)
    return other
