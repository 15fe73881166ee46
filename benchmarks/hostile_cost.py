"""What the longest messages of the worst kinds cost: processor milliseconds of cleaning and laying out."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from agent_tui.desk.private_numbers import masked
from agent_tui.desk.text import NOTHING, Displayable, clean_block
from agent_tui.desk.transcript import Line
from agent_tui.widgets.log_rows import Look, Place, Row, rows_of
from api_client.models.identity import MessageId
from api_client.models.message import MessageKind

Result = TypeVar("Result")

LENGTH: Final = 1_000_000
CELLS: Final = 78
KINDS: Final = {
    "words": "lorem ipsum dolor ",
    "one word": "x",
    "ideographs": "\u6f22",
    "stacked marks": "a\u0301\u0302\u0303\u0304",
    "joined emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "flags": "\U0001f1eb\U0001f1ee",
    "skin tones": "\U0001f44d\U0001f3fd",
    "escapes": "\x1b[31m",
    "look-alike links": "http://\u0430\u0440\u0440le.com ",
    "one long host": "http://\xe4",
    "account-like": "AB12 1234 ",
    "card-like": "4111 ",
    "identity-like": "010101-123",
    "line feeds": "a\n",
}


def main() -> None:
    """Print a row for each kind."""
    print(f"{'':18}{'clean':>8}{'numbers':>9}{'folded':>8}{'opened':>8}  ms")
    for name, part in KINDS.items():
        raw = part * (LENGTH // len(part))
        block, cleaning = timed(partial(clean_block, raw))
        hidden, looking = timed(partial(masked, block.text))
        line = line_of(block.text, hidden, raw)
        folded, opened = (timed(partial(laid_out, line, opened=opened))[1] for opened in (False, True))
        print(f"{name:18}{cleaning:8.1f}{looking:9.1f}{folded:8.1f}{opened:8.1f}")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What comes of it, and the processor milliseconds it took."""
    begun = time.process_time()
    result = work()
    return result, (time.process_time() - begun) * 1000


def line_of(text: Displayable, hidden: Displayable, raw: str) -> Line:
    """A customer's message."""
    return Line(
        key=MessageId("1"),
        echo=None,
        kind=MessageKind.CUSTOMER,
        author=NOTHING,
        mine=False,
        text=text,
        altered=True,
        cut=True,
        raw=raw,
        at=0.0,
        sequence=1,
        masked=hidden,
    )


def laid_out(line: Line, *, opened: bool) -> tuple[Row, ...]:
    """All its rows in the log."""
    place = Place(new_day=False, grouped=False, unread=False, older=None, opened=opened)
    return rows_of(line, place, Look(CELLS, None, NOTHING))


if __name__ == "__main__":
    main()
