"""``--metrics [PORT]``: figures for programs that collect them, on this machine's own address."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.launch import Exit, Refusal
from agent_tui.wording import say

if TYPE_CHECKING:
    from agent_tui.engine.scraping import Scraping

USUAL_PORT: Final = Displayable("9877")
"""Where nothing else is chosen; 0 takes any that is free."""
_PORTS: Final = range(1 << 16)


def scraped(asked: str | None) -> AbstractContextManager[Scraping | None]:
    """Tells figures on the port ``asked`` for while it is entered; tells nothing where none is asked for.

    Raises:
        Refusal: it is no port, or another program has it.
    """
    if asked is None:
        return nullcontext()
    port = _port(asked)
    # Only who collects figures pays for the library.
    from agent_tui.engine.scraping import Scraping  # noqa: PLC0415

    try:
        found = Scraping(port)
    except OSError as error:
        words = say(
            "Port {n} cannot be used ({reason}). Give --metrics another.",
            n=port,
            reason=clean_line(str(error.strerror)),
        )
        raise Refusal(words, Exit.FAILED) from error
    sys.stderr.write(f"{say('Figures for collectors: {address}', address=clean_line(found.address))}\n")
    return found


def _port(asked: str) -> int:
    if not (asked.isascii() and asked.isdecimal() and int(asked) in _PORTS):
        words = say(
            "--metrics takes the number of a port; figures are told on this machine only (127.0.0.1)."
        )
        raise Refusal(words, Exit.WRONG_USAGE)
    return int(asked)
