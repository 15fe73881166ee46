"""Plots of a report: bars of blocks for a terminal, and an SVG that any browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from msgspec import Struct

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import cut, pad, width

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_LABEL: Final = 24
"""Cells of a label at most."""


class Bar(Struct, frozen=True):
    """One value with its label; ``shown``: the value in words."""

    label: Displayable
    value: float
    shown: Displayable


class Plot(Struct, frozen=True):
    """Bars side by side under a title; ``mark`` is a value that they are measured by."""

    title: Displayable
    bars: Sequence[Bar]
    mark: float | None = None


def as_blocks(plot: Plot, columns: int) -> str:
    """The plot on rows of ``columns`` cells; a ``│`` stands where the mark is."""
    wide = min(_LABEL, max((width(bar.label) for bar in plot.bars), default=0))
    room = max(8, columns - wide - 4 - max((width(bar.shown) for bar in plot.bars), default=0))
    most = max((*(bar.value for bar in plot.bars), plot.mark or 0.0))
    rows = [
        f"{pad(cut(bar.label, wide), wide)}  {_blocks(bar.value, most, room, plot.mark)} {bar.shown}".rstrip()
        for bar in plot.bars
    ]
    return "\n".join((plot.title, *rows)) + "\n"


def _blocks(value: float, most: float, room: int, mark: float | None) -> str:
    whole, part = divmod(round(value / most * room * 8) if most else 0, 8)
    row = list((_EIGHTHS[8] * whole + (_EIGHTHS[part] if part else "")).ljust(room))
    if mark is not None and most:
        at = min(room - 1, round(mark / most * room))
        row[at] = "│" if row[at] == " " else row[at]
    return "".join(row)


_WIDE: Final = 760
_ROW: Final = 22
_HEAD: Final = 34
_LEFT: Final = 190
_RIGHT: Final = 90


def as_svg(title: Displayable, plots: Sequence[Plot]) -> str:
    """All plots below each other."""
    size = {"width": str(_WIDE), "height": str(_height(plots))}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": "sans-serif", **size})
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "rect", {"fill": "#ffffff", **size})
    _text(root, 16, 26, title, size=17)
    top = _HEAD + 10
    for plot in plots:
        _draw(root, plot, top)
        top += _height_of(plot)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _height(plots: Sequence[Plot]) -> int:
    return _HEAD + 10 + sum(map(_height_of, plots))


def _height_of(plot: Plot) -> int:
    return _HEAD + _ROW * len(plot.bars) + 12


def _draw(root: ET.Element, plot: Plot, top: int) -> None:
    most = max((*(bar.value for bar in plot.bars), plot.mark or 0.0)) or 1.0
    scale = (_WIDE - _LEFT - _RIGHT) / most
    _text(root, 16, top + 20, plot.title, size=14)
    for number, bar in enumerate(plot.bars):
        y, long = top + _HEAD + number * _ROW, round(bar.value * scale, 1)
        _text(root, _LEFT - 8, y + 14, cut(bar.label, _LABEL), anchor="end")
        where = {"x": str(_LEFT), "y": str(y + 2), "width": str(long), "height": str(_ROW - 6)}
        ET.SubElement(root, "rect", {**where, "fill": "#2f6f9f"})
        _text(root, _LEFT + long + 6, y + 14, bar.shown)
    if plot.mark is not None:
        x, y = str(round(_LEFT + plot.mark * scale, 1)), top + _HEAD
        line = {"x1": x, "y1": str(y), "x2": x, "y2": str(y + _ROW * len(plot.bars))}
        ET.SubElement(root, "line", {**line, "stroke": "#a33a00", "stroke-dasharray": "5 3"})


def _text(
    root: ET.Element, x: float, y: float, text: Displayable, *, size: int = 13, anchor: str = "start"
) -> None:
    about = {"font-size": str(size), "text-anchor": anchor, "fill": "#1b1b1b"}
    ET.SubElement(root, "text", {"x": str(x), "y": str(y), **about}).text = text
