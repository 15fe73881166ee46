"""The two programs side by side: the bare one, and the workstation on a desk with customers."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import hello
from benchmarks.load import ROOT, Chat, PracticeDesk
from benchmarks.terminal import Program, environment

QUIT: Final = "\x11"
FIRST_TEXT: Final = "Queues"
"""Stands on the workstation's first full screen, with or without customers."""
PREFIX: Final[list[Callable[[], list[str]]]] = []
"""Commands that start the workstation for us, such as a profiler."""
CHAT_TEXT: Final = "is the new card valid at once"
CHATS, WAITING = 7, 20


def start_hello() -> Program:
    """The bare program, just started."""
    return Program([sys.executable, "-m", "benchmarks.hello"], environment(), folder=ROOT)


@contextmanager
def hello_ready() -> Iterator[Program]:
    """The bare program once it shows its text and has come to rest."""
    with start_hello() as program:
        program.wait_for(hello.READY)
        program.watch(0.5)
        yield program


@dataclass(frozen=True, slots=True)
class Stage:
    """A practice desk, the chats of the agent on it, and folders that make a profile."""

    desk: PracticeDesk
    chats: Sequence[Chat]
    waiting: Sequence[Chat]
    home: Path

    @property
    def count(self) -> str:
        """How many wait, as the status line says it once the queues have come."""
        return f"waiting {len(self.waiting)}"

    def start(self, **settings: str) -> Program:
        """The workstation, just started with the profile and ``settings`` of the environment."""
        env = environment(
            AGENT_TUI_URL=self.desk.url,
            AGENT_TUI_TOKEN=self.desk.token,
            AGENT_TUI_BACKEND="chatwoot",
            AGENT_TUI_HOME=str(self.home),
            **settings,
        )
        before = [word for prefix in PREFIX for word in prefix()]
        return Program([*before, str(Path(sys.executable).with_name("agent-tui"))], env, folder=self.home)

    @contextmanager
    def workstation(self, **settings: str) -> Iterator[Program]:
        """The workstation once its queues show and it has come to rest."""
        with self.start(**settings) as program:
            program.wait_for(FIRST_TEXT, self.count)
            program.watch(1.5)
            yield program
            if PREFIX and not program.has_ended():
                program.leave(QUIT, seconds=20.0)

    def programs(self) -> tuple[tuple[str, AbstractContextManager[Program]], ...]:
        """Both, ready for one round: hello first."""
        return (("hello", hello_ready()), ("ours", self.workstation()))


@contextmanager
def stage(*, chats: int = CHATS, waiting: int = WAITING) -> Iterator[Stage]:
    """A desk with so many chats of the agent's and customers who wait."""
    with PracticeDesk() as desk, tempfile.TemporaryDirectory() as home:
        taken = desk.chats(chats, CHAT_TEXT)
        yield Stage(desk, taken, desk.waiting(waiting), Path(home))
