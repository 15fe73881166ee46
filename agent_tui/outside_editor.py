"""A text written on in the person's own editor: which one, a private file for it, and what comes back."""

from __future__ import annotations

import enum
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from agent_tui.desk.text import NOTHING, Displayable, clean_line

LONGEST: Final = 100_000
"""Characters of a text that are taken back."""
_COMMON: Final = ("nano", "vi")
"""Editors looked for where none is named."""
_TERMINAL: Final = 2
"""The screen is painted on standard error; standard output may lead elsewhere."""


class EditorTrouble(enum.Enum):
    """Why the text is as it was."""

    NONE_NAMED = "none-named"
    NOT_STARTED = "not-started"
    FAILED = "failed"
    """It ended with an error, as one does to say that nothing is wanted."""
    FILE_GONE = "file-gone"
    NO_TEXT = "no-text"
    TOO_LONG = "too-long"
    NO_FILE = "no-file"
    """No file could be made for it."""


class EditorFailed(Exception):
    """The text is as it was. ``detail``: the system's own words, or the editor's name."""

    def __init__(self, trouble: EditorTrouble, detail: Displayable = NOTHING) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.detail = detail


def editor_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The editor and its arguments, as ``VISUAL`` or ``EDITOR`` names it, else one that is there.

    Raises:
        EditorFailed: there is none.
    """
    named = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    try:
        words = tuple(shlex.split(named))
    except ValueError as error:
        raise EditorFailed(EditorTrouble.NOT_STARTED, clean_line(named)) from error
    if words:
        return words
    found = next(filter(None, map(shutil.which, _COMMON)), None)
    if found is None:
        raise EditorFailed(EditorTrouble.NONE_NAMED)
    return (found,)


def edited(text: str, editor: tuple[str, ...], run: Callable[[tuple[str, ...]], int]) -> str:
    """The text as the editor left it; its file is for nobody else's eyes and gone afterwards.

    ``run`` runs a command on the terminal and returns its exit code.

    Raises:
        EditorFailed: nothing usable came back.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="agent-tui-") as folder:
            # The folder is private too: editors put copies beside the file.
            file = Path(folder) / "text.txt"
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "w", encoding="utf-8") as out:
                out.write(f"{text}\n" if text else "")
            return _after(editor, file, run)
    except OSError as error:
        raise EditorFailed(EditorTrouble.NO_FILE, clean_line(error.strerror or str(error))) from error


def _after(editor: tuple[str, ...], file: Path, run: Callable[[tuple[str, ...]], int]) -> str:
    name = clean_line(Path(editor[0]).name)
    try:
        code = run((*editor, str(file)))
    except OSError as error:
        raise EditorFailed(EditorTrouble.NOT_STARTED, name) from error
    if code:
        raise EditorFailed(EditorTrouble.FAILED, name)
    return _read(file)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as written:
            text = written.read(4 * LONGEST + 1).decode()
    except FileNotFoundError:
        raise EditorFailed(EditorTrouble.FILE_GONE) from None
    except UnicodeDecodeError:
        raise EditorFailed(EditorTrouble.NO_TEXT) from None
    if len(text) > LONGEST:
        raise EditorFailed(EditorTrouble.TOO_LONG)
    return text.removesuffix("\n").removesuffix("\r")


def run_on_terminal(command: tuple[str, ...]) -> int:
    """Run a command on the terminal, which must be free, until it ends; its exit code.

    Raises:
        OSError: it cannot be started.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AGENT_TUI_")}
    with _signals_for_others():
        return subprocess.run(command, stdout=_TERMINAL, env=environ, check=False).returncode  # noqa: S603  theirs


@contextmanager
def _signals_for_others() -> Iterator[None]:
    """Keys that signal are the editor's: Ctrl+C does nothing to us, Ctrl+Z stops both, as a shell expects.

    Handlers are not inherited, so in the editor both have their usual meaning.
    """
    interrupted = signal.signal(signal.SIGINT, lambda *_: None)
    stopped = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, stopped)
        signal.signal(signal.SIGINT, interrupted)
