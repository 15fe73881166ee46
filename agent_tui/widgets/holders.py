"""What holds other widgets beside or below one another, and shows nothing but the ground between them.

Textual's own make every row of it anew at every layout.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from agent_tui.widgets.painting import Row


@lru_cache(maxsize=32)
def _empty(cells: int, style: Style) -> Row:
    return Row([Segment(" " * cells, style)], cells)


def _ground(holder: Widget, crop: Region) -> list[Strip]:
    return [_empty(crop.width, holder.visual_style.rich_style)] * crop.height


class Across(Horizontal):
    """Beside one another. Give it no border: it paints all of its region."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same empty row again and again."""
        return _ground(self, crop)


class Down(Vertical):
    """Below one another. Give it no border: it paints all of its region."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same empty row again and again."""
        return _ground(self, crop)
