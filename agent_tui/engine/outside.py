"""Opens a saved file in the system's own program for it; only ever asked to by a key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from agent_tui.desk.naming import OPENED_OUTSIDE, ending_of
from agent_tui.engine.local_files import unfit
from agent_tui.wording import say


def opener(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """The program that opens files; ``None`` where there is no desktop to open them on."""
    if platform == "darwin":
        return shutil.which("open")
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None


def check_opens(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The program for it.

    Raises:
        FileUnfit: its ending may be a program's, or there is no desktop here.
    """
    if ending_of(name) not in OPENED_OUTSIDE:
        raise unfit(say("files of this kind may be programs, and are only saved"))
    program = opener(os.environ if environ is None else environ)
    if program is None:
        raise unfit(say("there is no desktop here to open it on; it can be saved"))
    return program


def open_outside(program: str, path: Path) -> subprocess.Popen[bytes]:
    """Start the program on the file: no shell, nothing of ours handed down, nobody waits for it.

    Raises:
        FileUnfit: it does not start.
    """
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603  a program of the system and a path of our own making
            [program, str(path.absolute())], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise unfit(say("the program that opens files does not start")) from error
    # Somebody has to hear of its end; nobody has to wait for it.
    threading.Thread(target=process.wait, daemon=True).start()
    return process
