"""Asking the addresses in canned responses whether they answer."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from typing import Final

from agent_tui.wording import say
from canned.addresses import SECONDS, addresses, dead
from canned.model import Response

_HEADERS: Final = {"User-Agent": "agent-tui link check", "Accept": "*/*"}


def ask(responses: Iterable[Response]) -> dict[str, str]:
    """Addresses that do not answer and what they do instead. Tells on standard error how far it is."""
    urls = [url for response in responses for _, url in addresses(response)]
    return asyncio.run(dead(urls, _fetch, _progress))


async def _fetch(url: str) -> int:
    return await asyncio.to_thread(_status, url)


def _status(url: str) -> int:
    """The status of the answer.

    Raises:
        OSError: there is none.
    """
    request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310  the library takes http and https only
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  as above
            status: int = answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    return status


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        words = say("{done} of {all} addresses asked", done=done, all=of)
        sys.stderr.write(f"\r{words}" + ("\n" if done == of else ""))
        sys.stderr.flush()
