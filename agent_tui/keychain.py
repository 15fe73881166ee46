"""Tokens in the system's keyring, and nowhere else.

Only keyrings that a system brings are used. Others that may be installed ask for a password on the
terminal, which is the screen, or write plain text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from agent_tui.desk.text import Displayable
from agent_tui.wording import say
from api_client.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE: Final = "agent-tui"
TRUSTED: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
PATIENCE: Final = 5.0
"""Seconds; a locked keyring asks its owner in a window that may be on another screen, or nowhere."""


class NoKeychain(Exception):
    """The keyring cannot be used. Its text says why, for the person at the terminal."""


def read(server: str) -> Secret | None:
    """The token kept for ``server``; ``None`` when there is none.

    Raises:
        NoKeychain: there is no keyring, or it is locked.
    """
    kept = _within_patience(lambda: _keyring().get_password(SERVICE, server))
    return Secret(kept) if kept else None


def keep(server: str, token: Secret) -> None:
    """Keep the token for ``server``, in place of an older one.

    Raises:
        NoKeychain: there is no keyring, or it is locked.
    """
    _within_patience(lambda: _keyring().set_password(SERVICE, server, token.reveal()))


def forget(server: str) -> None:
    """Keep no token for ``server`` any more; that there was none is no failure.

    Raises:
        NoKeychain: there is no keyring, or it is locked.
    """

    def work() -> None:
        ring = _keyring()
        if ring.get_password(SERVICE, server) is not None:
            ring.delete_password(SERVICE, server)

    _within_patience(work)


def which() -> str:
    """The keyring in use, by its own name.

    Raises:
        NoKeychain: there is none.
    """
    return _within_patience(lambda: str(_keyring().name))


def _keyring() -> KeyringBackend:
    from keyring import backend  # noqa: PLC0415  scanning for keyrings costs a tenth of a second

    found = [one for one in backend.get_all_keyring() if type(one).__module__ in TRUSTED]
    if not found:
        raise NoKeychain(say("this system has no keyring"))
    return max(found, key=lambda one: one.priority)


def _within_patience(work: Callable[[], T]) -> T:
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # noqa: BLE001  keyrings raise what their systems raise
            failed.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    if done:
        return done[0]
    if not failed:
        words = say("the keyring did not answer within {n} seconds; it may be locked", n=round(PATIENCE))
        raise NoKeychain(words)
    if isinstance(failed[0], NoKeychain):
        raise failed[0]
    # The system's words may quote what was stored, so only the kind of failure is told.
    raise NoKeychain(say("the keyring failed ({kind})", kind=Displayable(type(failed[0]).__name__)))
