"""Colleagues called in by name in a note: ``@Mara`` for people, a link of its own kind on the wire."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from api_client.models.people import Agent

_MARKED: Final = re.compile(r"\[@([^\]\n]{1,200})\]\(mention://(?:user|team)/\d{1,19}/[^)\s]{0,800}\)")
_UNFIT: Final = re.compile(r"[\[\]\n]")


def marked(text: str, agents: Iterable[Agent]) -> str:
    """``text`` with every ``@Name`` of an agent as the server wants it, longer names first."""
    named = {agent.name: agent for agent in agents if agent.name and not _UNFIT.search(agent.name)}
    if not named:
        return text
    names = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?<!\S)@({names})(?!\w)", lambda found: _mark(named[found[1]]), text)


def _mark(agent: Agent) -> str:
    return f"[@{agent.name}](mention://user/{agent.id}/{quote(agent.name, safe='')})"


def plain(text: str) -> str:
    """``text`` as people read it."""
    return _MARKED.sub(r"@\1", text)
