"""Addresses in responses, and asking whether they answer. Who asks the network is handed in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final

from canned.model import Response

Fetch = Callable[[str], Awaitable[int]]
"""Asks an address and gives the status of its answer; raises when there is none."""
Progress = Callable[[int, int], None]
"""Told after each address: how many are done, and of how many."""

AT_ONCE: Final = 8
SECONDS: Final = 10.0
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'{}|\\^`\[\]]+")
_AFTER: Final = ".,;:!?)…"
_FIRST_ERROR: Final = 400
_REFUSED: Final = (401, 403, 405, 429)
"""Answers of a page that is there but does not speak to programs."""


def addresses(response: Response) -> Iterator[tuple[str, str]]:
    """Language and address of every link in the response, each once."""
    found = [(link.language, link.url) for link in response.links]
    for language, text in response.texts.items():
        found += [(language, url) for url in in_text(text)]
    yield from dict.fromkeys(found)


def in_text(text: str) -> list[str]:
    """The addresses in a text. One that a variable goes into is none yet and is passed over."""
    return [
        match[0].rstrip(_AFTER)
        for match in _ADDRESS.finditer(text)
        if not text.startswith(("{{", "{%"), match.end())
    ]


async def dead(
    urls: Iterable[str],
    fetch: Fetch,
    progress: Progress,
    *,
    at_once: int = AT_ONCE,
    seconds: float = SECONDS,
) -> dict[str, str]:
    """The addresses that do not answer, and what they do instead (``answers 404``, ``does not answer``).

    Args:
        urls: each is asked once, however often it comes.
        fetch: asks one of them.
        progress: is told how far it is.
        at_once: how many are asked at the same time, at most.
        seconds: how long each is waited for.
    """
    wanted = list(dict.fromkeys(urls))
    places = asyncio.Semaphore(at_once)
    done = 0

    async def ask(url: str) -> str:
        nonlocal done
        async with places:
            wrong = await _wrong(url, fetch, seconds)
        done += 1
        progress(done, len(wanted))
        return wrong

    answers = await asyncio.gather(*map(ask, wanted))
    return {url: wrong for url, wrong in zip(wanted, answers, strict=True) if wrong}


async def _wrong(url: str, fetch: Fetch, seconds: float) -> str:
    """What is wrong with an address; empty when nothing is."""
    try:
        async with asyncio.timeout(seconds):
            status = await fetch(url)
    except TimeoutError:
        return f"does not answer within {seconds:.0f} seconds"
    except Exception:  # noqa: BLE001  whatever the network does, the address does not answer
        return "does not answer"
    return f"answers {status}" if status >= _FIRST_ERROR and status not in _REFUSED else ""
