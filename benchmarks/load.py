"""The practice desk under measurement: started, given customers and chats, written to at a given rate."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

import msgspec

from benchmarks.flood import Outcome, Plan
from benchmarks.terminal import processor_seconds

ROOT: Final = Path(__file__).resolve().parent.parent
AGENT: Final = 0
"""Which of the desk's people sits at the workstation."""
PATIENCE: Final = 30.0
_KEPT: Final = 3.0
"""Seconds without a call for which the desk certainly keeps a connection open."""
MOST_LAG: Final = 0.5
"""Seconds that a message of a flood may be late."""


class Refused(Exception):
    """The desk did not take something, in its own words."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation of an invented customer; ``path`` is where their messages go."""

    id: int
    customer: str
    path: str


class PracticeDesk:
    """A practice desk in a process of its own. Use it in a ``with``."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.desk_server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self._line()
        self.url: str = ready["url"]
        self.account: int = ready["account_id"]
        self.inboxes: list[str] = [inbox["identifier"] for inbox in ready["inboxes"]]
        self.token: str = ready["agents"][AGENT]["token"]
        address = urlsplit(self.url)
        self._http = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        self._called_at = 0.0
        self.me: int = self._call("GET", "/api/v1/profile")["id"]
        self._customers = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def cpu(self) -> float:
        """Processor seconds of the desk so far."""
        return processor_seconds(self._process.pid)

    def waiting(self, count: int, text: str = "good day, may I ask something") -> list[Chat]:
        """Customers who have come and written once, spread over the queues."""
        return [self._arrival(text) for _ in range(count)]

    def chats(self, count: int, text: str = "good day, may I ask something") -> list[Chat]:
        """The same, taken by the agent."""
        found = self.waiting(count, text)
        for chat in found:
            path = f"/api/v1/accounts/{self.account}/conversations/{chat.id}/assignments"
            self._call("POST", path, {"assignee_id": self.me})
        return found

    def _arrival(self, text: str) -> Chat:
        self._customers += 1
        inbox = f"/public/api/v1/inboxes/{self.inboxes[self._customers % len(self.inboxes)]}"
        name = f"Guest {self._customers:03}"
        session = self._call("POST", f"{inbox}/contacts", {"name": name})["source_id"]
        opened = self._call("POST", f"{inbox}/contacts/{session}/conversations", {})["id"]
        chat = Chat(opened, name, f"{inbox}/contacts/{session}/conversations/{opened}/messages")
        self.say(chat, text)
        return chat

    def say(self, chat: Chat, text: str) -> None:
        """The customer writes."""
        self._call("POST", chat.path, {"content": text})

    def heard(self, chat: Chat) -> list[str]:
        """The newest messages of a chat that the customer can read."""
        return [message["content"] or "" for message in self._call("GET", chat.path)]

    def fill(self, chats: Sequence[Chat], count: int) -> None:
        """Store messages in turn over the chats; nobody is told."""
        self._order({"order": "fill", "conversations": [chat.id for chat in chats], "count": count})

    def start_burst(self, chats: Sequence[Chat], count: int, seconds: float) -> None:
        """Tell of new messages much faster than they could be posted; :meth:`end_burst` waits for it."""
        numbers = [chat.id for chat in chats]
        self._order({"order": "burst", "conversations": numbers, "count": count, "seconds": seconds})

    def end_burst(self) -> float:
        """Seconds that telling took."""
        return float(self._line()["seconds"])

    def cables(self) -> tuple[int, int]:
        """How many cables have been opened and closed so far."""
        counted = self._order({"order": "cables"})
        return counted["opened"], counted["closed"]

    def _order(self, order: dict[str, object]) -> dict[str, Any]:
        self._send(order)
        return self._line()

    def _send(self, order: dict[str, object]) -> None:
        if self._process.stdin is None:
            raise Refused("the desk takes no orders")
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def _line(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise Refused("the practice desk ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _call(self, method: str, path: str, body: object = None) -> Any:
        headers = {"api-access-token": self.token, "Content-Type": "application/json"}
        now = time.monotonic()
        if now - self._called_at > _KEPT:
            self._http.close()  # the desk is about to, or has already
        self._called_at = now
        self._http.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._http.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise Refused(f"{method} {path}: {answer.status} {content[:200]!r}")
        return json.loads(content) if content else None


class Flood:
    """Customers writing, in a process of their own; ``outcome`` is there when the ``with`` is over."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.outcome: Outcome | None = None

    def end(self) -> None:
        """Stop writing. Raises ``Refused`` when the desk has not taken everything, or not in time."""
        line, _ = self._process.communicate(timeout=PATIENCE)
        self.outcome = outcome = msgspec.json.decode(line, type=Outcome)
        if outcome.accepted < outcome.sent or outcome.lag > MOST_LAG:
            raise Refused(f"the customers could not write at the rate asked for: {outcome}")


@contextmanager
def flood(desk: PracticeDesk, chats: Sequence[Chat], rate: float, seconds: float) -> Iterator[Flood]:
    """Have the chats' customers write ``rate`` messages a second together while the ``with`` lasts.

    No longer than ``seconds``, though.
    """
    plan = Plan(desk.url, [chat.path for chat in chats], rate, seconds)
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.flood"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    running = Flood(process)
    try:
        if process.stdin is not None:
            process.stdin.write(msgspec.json.encode(plan).decode() + "\n")
            process.stdin.flush()
        yield running
        running.end()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
