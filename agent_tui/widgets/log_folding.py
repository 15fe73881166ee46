"""How much of a message stands in the log: a long one shows its beginning until it is opened. Pure.

What a customer pastes does not decide what a row on the screen costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import wrap

WHOLE_ROWS: Final = 30
"""Rows of a message that is shown whole without being asked."""
FOLDED_ROWS: Final = 20
"""Rows of one that is longer: so many fewer that folding it is worth a key."""
_LOOKED_AT: Final = 3_000
"""Characters that are wrapped to find those rows."""


class Shown(NamedTuple):
    """The part of a text that stands in the log."""

    spans: Sequence[tuple[int, int]]
    """Its rows, as spans of code points."""
    hidden: int
    """Characters behind it that are folded away."""

    @property
    def end(self) -> int:
        """Where in the text it ends."""
        return self.spans[-1][1]


def shown_of(text: Displayable, cells: int, *, opened: bool) -> Shown:
    """The rows of a text, up to ``cells`` wide; the first ones where it is long and not ``opened``."""
    if opened:
        return Shown(wrap(text, cells), 0)
    ahead = text[:_LOOKED_AT]
    spans = wrap(ahead, cells)
    if len(ahead) == len(text) and len(spans) <= WHOLE_ROWS:
        return Shown(spans, 0)
    # The last row may go on behind what was looked at.
    kept = spans[: min(FOLDED_ROWS, max(1, len(spans) - 1))]
    return Shown(kept, len(text) - kept[-1][1])
