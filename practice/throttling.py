"""How often who may call what, as the real server's throttles have it: so many calls in a fixed stretch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address

from msgspec import Struct

MINUTE, HOUR = 60.0, 3600.0
MOST_KEYS = 10_000
IN_PROCESS = 0
"""The port of calls from inside this process: the invented customers come by no socket."""


class Asked(Struct, frozen=True):
    """What a throttle looks at.

    ``credential`` is the access token or the session's e-mail address, ``email`` one given in the call.
    """

    method: str
    path: str
    address: str
    port: int
    credential: str
    email: str

    @property
    def is_local(self) -> bool:
        """Whether the call comes from this machine."""
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return False


Key = Callable[[Asked], str]


class Throttle(Struct, frozen=True):
    """So many calls of a kind in a stretch of seconds, for each key on its own."""

    path: re.Pattern[str]
    limit: int
    seconds: float
    key: Key
    method: str = ""


def _by_address(asked: Asked) -> str:
    return asked.address


def _by_person(asked: Asked) -> str:
    return asked.credential


def _by_email(asked: Asked) -> str:
    return asked.email.strip().lower()


def _by_account(asked: Asked) -> str:
    return asked.path.split("/")[4]


def _account(rest: str, version: int = 1) -> re.Pattern[str]:
    return re.compile(rf"/api/v{version}/accounts/\d+/{rest}")


THROTTLES: dict[str, Throttle] = {
    "calls": Throttle(re.compile(".*"), 3000, MINUTE, _by_address),
    "sign-in": Throttle(re.compile("/auth/sign_in"), 5, 5 * MINUTE, _by_address, "POST"),
    "sign-in by e-mail": Throttle(re.compile("/auth/sign_in"), 10, 15 * MINUTE, _by_email, "POST"),
    "meta": Throttle(_account("conversations/meta"), 30, MINUTE, _by_person, "GET"),
    "contact search": Throttle(_account("contacts/search"), 100, MINUTE, _by_account),
    "a person's reports": Throttle(_account("reports.*", 2), 100, MINUTE, _by_person),
    "an account's reports": Throttle(_account("reports.*", 2), 1000, MINUTE, _by_account),
    "transcripts": Throttle(_account(r"conversations/\d+/transcript"), 1000, HOUR, _by_account, "POST"),
    "uploads": Throttle(_account("upload"), 60, HOUR, _by_account, "POST"),
}


class Throttles:
    """Counts calls. ``now`` gives seconds; calls from this machine count only when ``also_local``."""

    def __init__(self, now: Callable[[], float], *, also_local: bool = False) -> None:
        self._now = now
        self._also_local = also_local
        self._counts: dict[tuple[str, str, int], int] = {}

    def allow(self, asked: Asked) -> bool:
        """Whether a call may go on; it is counted."""
        if not self._counts_for(asked):
            return True
        matching = {
            name: rule
            for name, rule in THROTTLES.items()
            if rule.path.fullmatch(asked.path) and rule.method in {"", asked.method}
        }
        within = [
            self._count(name, rule.key(asked), rule.limit, rule.seconds) for name, rule in matching.items()
        ]
        return all(within)

    def _counts_for(self, asked: Asked) -> bool:
        return asked.port != IN_PROCESS and (self._also_local or not asked.is_local)

    def _count(self, name: str, key: str, limit: int, seconds: float) -> bool:
        if len(self._counts) >= MOST_KEYS:
            self._counts.clear()
        stretch = (name, key, int(self._now() // seconds))
        self._counts[stretch] = self._counts.get(stretch, 0) + 1
        return self._counts[stretch] <= limit


def credential_of(headers: Mapping[str, str]) -> str:
    """What tells one caller from another: their token, or the address they signed in with."""
    return headers.get("api_access_token") or headers.get("api-access-token") or headers.get("uid", "")
