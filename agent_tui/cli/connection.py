"""The saved connection: where the server is, and the token from the environment or the keyring."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Self

from msgspec import Struct

from agent_tui import keychain, profiles
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import clean_line
from agent_tui.launch import Exit, Refusal
from agent_tui.settings import ConnectionSettings, Settings
from agent_tui.wording import say
from api_client.backend import Backend
from api_client.errors import BadAddress, InsecureAddress
from api_client.secret import Secret
from api_client.transport.address import parse_address

if TYPE_CHECKING:
    from agent_tui.engine.admission import Admitted

TOKEN_VARIABLE: Final = "AGENT_TUI_TOKEN"  # noqa: S105  the name of a variable


class Connection(Struct, frozen=True):
    """A server and the agent's token for it."""

    settings: ConnectionSettings
    token: Secret
    profile: str = ""
    """The profile it is from; empty where it is from none."""
    kept: bool = True
    """Whether the token is there the next time too."""

    @classmethod
    def of(cls, admitted: Admitted, profile: str, *, allow_plain: bool) -> Self:
        """The connection of somebody who was let in."""
        chosen = ConnectionSettings(url=admitted.url, account=admitted.account, allow_plain_http=allow_plain)
        return cls(chosen, admitted.token, profile)

    @property
    def server(self) -> str:
        """Server and account, for telling drafts apart."""
        return _server(self.settings)

    @property
    def connect(self) -> Callable[[], Backend]:
        """Makes the backend; the network's libraries are imported only then."""
        return opener(self.settings, self.token)


def opener(chosen: ConnectionSettings, token: Secret) -> Callable[[], Backend]:
    """Makes a backend when called."""

    def connect() -> Backend:
        from api_client.open import open_backend  # noqa: PLC0415  costs a tenth of a second; nobody waits

        return open_backend(
            chosen.backend,
            chosen.url,
            token,
            account_id=chosen.account or None,
            allow_plain=chosen.allow_plain_http,
        )

    return connect


class NoToken(Refusal):
    """There is a connection and no token for it: signing in again helps."""

    def __init__(self, line: str) -> None:
        super().__init__(line, Exit.NOT_ALLOWED)


def saved_connection(around: Surroundings, settings: Settings) -> Connection:
    """The connection from settings and environment.

    Raises:
        Refusal: there is none, or one of several is to be chosen; its address cannot be used, or it has
            no token (``NoToken``).
    """
    chosen = settings.connection
    if not chosen.url:
        raise _none_chosen(profiles.names(around.places))
    check_address(chosen.url, allow_plain=chosen.allow_plain_http)
    token = _token(chosen.url, settings.desk.profile)
    around.scrub.know(token.reveal())
    if not token.sendable:
        words = say("The token for {url} has characters no token has.", url=clean_line(chosen.url))
        raise Refusal(words, Exit.NOT_ALLOWED)
    return Connection(chosen, token, settings.desk.profile)


def saved_server(around: Surroundings, settings: Settings) -> str:
    """Server and account as :attr:`Connection.server` has them, for what is kept here; needs no token.

    Raises:
        Refusal: there is no connection, or one of several is to be chosen.
    """
    if not settings.connection.url:
        raise _none_chosen(profiles.names(around.places))
    return _server(settings.connection)


def _server(chosen: ConnectionSettings) -> str:
    return f"{chosen.url}#{chosen.account}"


def _none_chosen(known: list[str]) -> Refusal:
    if known:
        words = say(
            "There are several profiles: {names}. Choose one with --profile NAME, or for good with: "
            "agent-tui profiles default NAME",
            names=clean_line(", ".join(known)),
        )
        return Refusal(words, Exit.WRONG_USAGE)
    words = say("There is no connection yet. Sign in with: agent-tui login URL. Or practise: agent-tui demo")
    return Refusal(words, Exit.FAILED)


def entry(url: str, profile: str) -> str:
    """What a token is kept under: two profiles may be two people at one server."""
    return f"{url}#{profile}" if profile else url


def check_address(url: str, *, allow_plain: bool) -> str:
    """The address in full.

    Raises:
        Refusal: it is none, or would send the token in the open.
    """
    try:
        return parse_address(url, allow_plain=allow_plain).base
    except BadAddress:
        words = say(
            "{url} is not the address of a server; one looks like https://chat.example.org",
            url=clean_line(repr(url)),
        )
        raise Refusal(words, Exit.WRONG_USAGE) from None
    except InsecureAddress:
        words = say(
            "{url} would send your token unprotected. Use https, or allow_plain_http if you must.",
            url=clean_line(url),
        )
        raise Refusal(words, Exit.CANNOT_CONNECT) from None


def _token(url: str, profile: str) -> Secret:
    """The token, taken out of the environment: programs that we start have no business with it."""
    given = os.environ.pop(TOKEN_VARIABLE, "").strip()
    if given:
        return Secret(given)
    try:
        kept = keychain.read(entry(url, profile))
    except keychain.NoKeychain as error:
        words = say(
            "The token for {url} cannot be read: {why}. Give it in AGENT_TUI_TOKEN.",
            url=clean_line(url), why=clean_line(str(error)),
        )  # fmt: skip
        raise NoToken(words) from error
    if kept is None:
        how = clean_line(f"--profile {profile}" if profile else url)
        words = say(
            "No token is kept for {url}. Sign in with: agent-tui login {how}", url=clean_line(url), how=how
        )
        raise NoToken(words)
    return kept
