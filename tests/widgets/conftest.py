"""A bare stage to mount widgets on, invented lines, and reading what was painted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from agent_tui.desk.file_model import FileLine
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Line
from agent_tui.theming import Palette
from agent_tui.widgets.painting import LineWidget
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind
from themes import loader

Kind = TypeVar("Kind", bound=Message)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC).timestamp()


class Stage(App[None]):
    """Holds the widgets under test."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self.widgets


class Posted:
    """Collects messages once each, though a hook sees them again on their way up."""

    def __init__(self) -> None:
        self._seen: list[Message] = []

    def __call__(self, message: Message) -> None:
        if not any(one is message for one in self._seen):
            self._seen.append(message)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [one for one in self._seen if isinstance(one, kind)]


class MakeLine(Protocol):
    def __call__(
        self,
        text: str = ...,
        *,
        kind: MessageKind = ...,
        key: str = ...,
        minute: float = ...,
        author: str = ...,
        mine: bool = ...,
        fate: Fate = ...,
        problem: str = ...,
        altered: bool = ...,
        cut: bool = ...,
        while_away: bool = ...,
        deleted: bool = ...,
        files: tuple[FileLine, ...] = ...,
    ) -> Line: ...


@pytest.fixture(scope="session")
def palette() -> Palette:
    return Palette(loader.load("dark"))


@pytest.fixture
def posted() -> Posted:
    return Posted()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], Awaitable[None]]:
    async def wait(true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110  a widget's state has no event to wait for
                await asyncio.sleep(0.005)

    return wait


@pytest.fixture
def stage() -> type[Stage]:
    return Stage


@pytest.fixture
def rows() -> Callable[[LineWidget], list[str]]:
    def read(widget: LineWidget) -> list[str]:
        cells, height = widget.size
        return [strip.text for strip in widget.render_lines(Region(0, 0, cells, height))]

    return read


@pytest.fixture
def line() -> MakeLine:
    made = 0

    def make(
        text: str = "Hello",
        *,
        kind: MessageKind = MessageKind.CUSTOMER,
        key: str = "",
        minute: float = 0,
        author: str = "Liisa Virtanen",
        mine: bool = False,
        fate: Fate = Fate.RECEIVED,
        problem: str = "",
        altered: bool = False,
        cut: bool = False,
        while_away: bool = False,
        deleted: bool = False,
        files: tuple[FileLine, ...] = (),
    ) -> Line:
        nonlocal made
        made += 1
        echo = EchoId(f"e{made}")
        local = fate in {Fate.QUEUED, Fate.SENDING, Fate.FAILED}
        return Line(
            key=echo if local else MessageId(key or f"m{made}"),
            echo=echo,
            kind=kind,
            author=Displayable(author),
            mine=mine,
            text=Displayable(text),
            altered=altered,
            cut=cut,
            raw=text,
            at=NOON + minute * 60,
            sequence=made,
            fate=fate,
            problem=Displayable(problem),
            files=files,
            deleted=deleted,
            while_away=while_away,
        )

    return make
