"""A bare stage to mount widgets on, invented lines, and reading what was painted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widget import Widget

from agent_tui.desk.model import Fate, FileLine, Line
from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import LineWidget
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind
from themes import loader

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC).timestamp()


class Stage(App[None]):
    """Holds the widgets under test."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self.widgets


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
        return Line(
            key=MessageId(key or f"m{made}"),
            echo=EchoId(f"e{made}"),
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
