"""What a team has settled about waiting: how long is too long, where, and which time counts."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

Kind = Literal["chat", "messaging", "email"]
"""How soon customers of a channel look for an answer."""

_LIMITS: Final = r"=\s*[1-9][0-9]{0,4}[smh]\s*/\s*[1-9][0-9]{0,4}[smh]\s*$"
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}
_RULE: Final = re.compile(r"(.*)=\s*(\d+)([smh])\s*/\s*(\d+)([smh])\s*", re.DOTALL)


class WaitSettings(Struct, frozen=True):
    """When a wait becomes a worry, see `waiting.md`."""

    channels: Annotated[
        tuple[Annotated[str, Meta(pattern=rf"^\s*(chat|messaging|email)\s*{_LIMITS}")], ...],
        Meta(
            description="When a wait turns to a warning and when the promise is broken, by kind of channel: "
            '`["chat = 40s / 60s", "messaging = 15m / 20m", "email = 4h / 8h"]` are those that hold where '
            "nothing else is said."
        ),
    ] = ()
    queues: Annotated[
        tuple[Annotated[str, Meta(pattern=rf"^[^=]*[^=\s][^=]*{_LIMITS}")], ...],
        Meta(description='The same for queues of their own, by name: `["Tax card = 30s / 45s"]`.'),
    ] = ()
    hours: Annotated[
        tuple[str, ...],
        Meta(
            description="Kinds of channel, and queues by name, in which only the opening hours count as "
            "waiting."
        ),
    ] = ("email",)
    asleep: Annotated[
        tuple[str, ...],
        Meta(
            description="Kinds of channel, and queues by name, in which the time that a chat sleeps counts "
            "as waiting too."
        ),
    ] = ()
    promises: Annotated[
        bool,
        Meta(
            description="Show until when you, or a colleague, promised to be back, such as \u201cin five "
            "minutes\u201d."
        ),
    ] = True
    forecast: Annotated[
        bool,
        Meta(description="Say when chats of yours will break their limit before you reach them."),
    ] = True
    holding: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^\s*[a-z]{2}\s*=.*\S")], ...],
        Meta(
            description="Holding lines of your own by language, in place of those that come along: "
            '`["fi = Hetki, palaan viiden minuutin kuluttua."]`.'
        ),
    ] = ()


class Limits(Struct, frozen=True):
    """Seconds after which a wait is a warning, and after which the promise is broken."""

    name: str
    """Of a queue, or a kind of channel; folded."""
    warning: float
    breach: float


class Waits(Struct, frozen=True, cache_hash=True):
    """All that is settled about waiting. Names are folded."""

    channels: tuple[Limits, ...] = ()
    queues: tuple[Limits, ...] = ()
    hours: frozenset[str] = frozenset({"email"})
    asleep: frozenset[str] = frozenset()
    promises: bool = True
    forecast: bool = True
    holding: tuple[str, ...] = ()


def folded(name: str) -> str:
    """A name as it is compared."""
    return name.strip().casefold()


def limits(written: str) -> Limits:
    """``Tax card = 30s / 45s``, of that form by the settings. A warning never comes after the breach."""
    found = _RULE.fullmatch(written)
    if found is None:
        raise ValueError(written)
    breach = int(found[4]) * _SECONDS[found[5]]
    return Limits(folded(found[1]), min(int(found[2]) * _SECONDS[found[3]], breach), breach)


def waits(settings: WaitSettings) -> Waits:
    """What the settings settle."""
    return Waits(
        tuple(map(limits, settings.channels)),
        tuple(map(limits, settings.queues)),
        frozenset(map(folded, settings.hours)),
        frozenset(map(folded, settings.asleep)),
        settings.promises,
        settings.forecast,
        settings.holding,
    )
