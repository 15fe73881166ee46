"""The log: JSON lines in the state folder, without secrets; never on the terminal, which is the screen."""

from __future__ import annotations

import json
import logging
import os
import queue
import re
from collections.abc import Callable
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from typing import Final

from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.text import Displayable

_MOST_BYTES: Final = 1_000_000
_KEPT: Final = 3
_MASK: Final = "••••"
_GIVEN_AWAY: Final = re.compile(
    r"""(?ix)
    (?P<name> api[_-]access[_-]token | access[_-]token | pubsub[_-]token | mfa[_-]token | password | token
            | secret | authorization )
    (?P<between> ["']? \s* [:=]+ \s* (?: b? ["'] )? (?: bearer \s+ | basic \s+ )? )
    (?P<value> [^\s"'&,;})\]]+ )
    """
)
_BEARER: Final = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")


class Scrubber:
    """Takes secrets out of texts: those it was told of, whatever stands where a secret would, and the numbers
    that say who a customer is.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()

    def know(self, secret: str) -> None:
        """Mask this one wherever it turns up."""
        if secret:
            self._known.add(secret)

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._known:
            text = text.replace(secret, _MASK)
        text = _GIVEN_AWAY.sub(lambda found: f"{found['name']}{found['between']}{_MASK}", text)
        text = _BEARER.sub(lambda found: f"{found[1]} {_MASK}", text)
        return without_private_numbers(Displayable(text))


class _JsonLines(logging.Formatter):
    def __init__(self, scrub: Callable[[str], str]) -> None:
        super().__init__()
        self._scrub = scrub

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": self._scrub(record.getMessage()),
        }
        if record.exc_info:
            entry["trace"] = self._scrub(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


class _OwnersFile(RotatingFileHandler):
    """A log file that only its owner may read."""

    def _open(self):  # type: ignore[no-untyped-def]  # noqa: ANN202  the base class names a private type
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()


class _Passing(QueueHandler):
    """Hands records on as they are: the file's formatter needs the exception to write it without secrets."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record


def keep_quiet() -> None:
    """Log nothing: without a handler, warnings would be printed on the screen."""
    logging.getLogger().handlers[:] = [logging.NullHandler()]
    logging.raiseExceptions = False  # else a full disk prints a trace on the screen


def start_logging(path: Path, scrub: Callable[[str], str], level: int = logging.INFO) -> Callable[[], None]:
    """Log to ``path`` from a thread of its own, so that a slow disk delays nobody; returns how to end it.

    Raises:
        OSError: the file cannot be written; nothing is logged then.
    """
    root = logging.getLogger()
    file = _OwnersFile(
        path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
    )
    file.setFormatter(_JsonLines(scrub))
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    listener = QueueListener(records, file)
    handler = _Passing(records)
    root.handlers[:] = [handler]
    root.setLevel(level)
    listener.start()

    def stop() -> None:
        root.removeHandler(handler)
        listener.stop()
        file.close()

    return stop
