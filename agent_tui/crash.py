"""What a failing program leaves behind: a report without secrets or locals, and one line that names it."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from agent_tui.wording import say, shown

_TELLING: Final = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "TMUX", "SSH_TTY")
_PACKAGES: Final = ("agent-tui", "textual", "httpx", "websockets")
_MOST_REPORTS: Final = 20


def write_report(
    error: BaseException, folder: Path, scrub: Callable[[str], str], environ: Mapping[str, str]
) -> Path | None:
    """Write a report into ``folder``, for its owner alone; ``None`` when it cannot be written."""
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    text = scrub("\n".join([*_surroundings(environ), "", *_trace(error)]))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        _forget_old(folder)
    except OSError:
        return None
    return path


def last_words(report: Path | None) -> str:
    """The one line for the terminal."""
    if report is None:
        return say("agent-tui failed, and its report could not be written. Drafts are kept.")
    return say(
        "agent-tui failed. Drafts are kept. The report, without any passwords, is in {file}",
        file=shown(report),
    )


def _trace(error: BaseException) -> list[str]:
    """The call stack by file and line. No values of variables: they hold what customers wrote."""
    told = traceback.TracebackException.from_exception(error, capture_locals=False)
    return [line.rstrip("\n") for line in told.format()]


def _surroundings(environ: Mapping[str, str]) -> list[str]:
    versions = [f"{name} {_version(name)}" for name in _PACKAGES]
    python = f"Python {platform.python_version()} on {sys.platform} {platform.machine()}"
    terminal = [f"{name}={environ[name]}" for name in _TELLING if name in environ]
    return [time.strftime("%Y-%m-%d %H:%M:%S %z"), ", ".join(versions), python, " ".join(terminal)]


def _version(package: str) -> str:
    from importlib import metadata  # noqa: PLC0415  costs 5 ms; only a crash needs it

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob("crash-*.txt"))[:-_MOST_REPORTS]:
        old.unlink(missing_ok=True)
