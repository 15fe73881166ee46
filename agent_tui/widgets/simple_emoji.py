"""Emoji as one plain sign each, for terminals that take another width for them than they are laid out with.

Joined people become the first of them, flags their two letters, keycaps their digit; skin tones and the
selector that asks for colours go. What is left takes as many cells as what it stands for, so that nothing
around it moves.
"""

from __future__ import annotations

from functools import lru_cache

from agent_tui.desk.late import pattern, wide_pattern
from agent_tui.widgets.cells import head, width
from agent_tui.widgets.graphemes import clusters

_odd = pattern(r"[\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_letter = pattern(r"[\U0001f1e6-\U0001f1ff]")
_picture = wide_pattern(r"\p{Extended_Pictographic}")
_FIRST_LETTER = 0x1F1E6


def simplified(text: str) -> str:
    """The text with plain signs; as wide as before."""
    if text.isascii() or _odd().search(text) is None:
        return text
    plain, cells = "".join(map(_plain, clusters(text))), width(text)
    if width(plain) > cells:  # a joiner between what cannot be joined is measured with what follows it
        plain = plain[: head(plain, cells)]
    filled = plain + " " * (cells - width(plain))
    return filled if width(filled) == cells else text


@lru_cache(maxsize=1024)
def _plain(cluster: str) -> str:
    if _odd().search(cluster) is None:
        return cluster
    if _letter().match(cluster):
        sign = "".join(chr(ord(one) - _FIRST_LETTER + ord("A")) for one in cluster if _letter().match(one))
    elif "\u20e3" in cluster or _picture().match(cluster):
        sign = cluster[0]
    else:
        return cluster  # joiners belong to many scripts
    cells = width(cluster)
    return f"{sign}{' ' * (cells - width(sign))}" if width(sign) <= cells else "·" * cells
