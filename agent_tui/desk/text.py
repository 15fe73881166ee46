"""The one door by which text from outside reaches the screen."""

from __future__ import annotations

from typing import NewType

Displayable = NewType("Displayable", str)
"""Text that holds printable cells and line feeds only. Made here, and from our own message catalogs."""

NOTHING = Displayable("")
"""No text."""
