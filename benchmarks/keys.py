"""Key latency: from the byte written to the byte that shows it, letter by letter."""

from __future__ import annotations

import random
from typing import Final

from benchmarks.terminal import Program

# Letters that stand in no text of the practice desk, in three sets: one that is repainted late, after the
# line was cleared, is never taken for one of the next set.
LETTERS: Final = ("абвгдежзийклмнопрсту", "фхцчшщъыьэюяАБВГДЕЖЗ", "ИЙКЛМНОПРСТУФХЦЧШЩЪЫ")
BACKSPACE: Final = "\x7f"
SHORTEST, LONGEST = 0.03, 0.09
"""Seconds between an echo and the next key, at random: no step with anybody's frames."""


def type_letters(program: Program, count: int, seed: int) -> list[float]:
    """Type so many letters and clear the line now and then; milliseconds of each letter."""
    gaps = random.Random(seed)  # noqa: S311  pauses, not secrets
    found: list[float] = []
    batch = 0
    while len(found) < count:
        letters = LETTERS[batch % len(LETTERS)][: count - len(found)]
        for letter in letters:
            found.append(program.echo(letter, letter))
            program.watch(gaps.uniform(SHORTEST, LONGEST))
        program.write(BACKSPACE * len(letters))
        program.watch(0.3)
        batch += 1
    return found
