"""What each side meant to say, against what the server has and what the client shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Shown = list[tuple[str, str, bool]]
"""A transcript, oldest first: id, words, whether deleted."""


@dataclass
class Ledger:
    """Kept by whoever starts the client and speaks for the customers."""

    called_sent: list[str] = field(default_factory=list)
    """What the client called on its way."""
    written: Counter[str] = field(default_factory=Counter)
    """How many texts each customer has written."""
    kills: int = 0


@dataclass(frozen=True)
class Verdict:
    """What went wrong; each is empty when nothing did."""

    lost: frozenset[str]
    doubled: tuple[str, ...]
    astray: tuple[str, ...]
    disordered: tuple[str, ...]
    misshown: tuple[str, ...]
    """Customers whose conversation looks otherwise on the screen than on the server."""

    def __str__(self) -> str:
        counts = [self.lost, self.doubled, self.astray, self.disordered, self.misshown]
        words = "lost {}, doubled {}, with another customer {}, out of order {}, shown otherwise {}"
        return words.format(*map(len, counts))


def verdict(
    ledger: Ledger, found: dict[str, list[str]], kept: dict[str, Shown], shown: dict[str, Shown]
) -> Verdict:
    """``found``: the agent's texts on the server, ``kept``: all of its messages; both by customer."""
    everything = [text for texts in found.values() for text in texts]
    numbers = {name: [int(text.split()[-1]) for text in texts] for name, texts in found.items()}
    return Verdict(
        lost=frozenset(ledger.called_sent) - set(everything),
        doubled=tuple(text for text, times in Counter(everything).items() if times > 1),
        astray=tuple(text for name, texts in found.items() for text in texts if f"to {name} " not in text),
        disordered=tuple(name for name, row in numbers.items() if row != sorted(row)),
        misshown=tuple(name for name, messages in kept.items() if shown.get(name) != messages),
    )
