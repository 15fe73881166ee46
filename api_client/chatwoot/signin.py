"""Trading an e-mail address and a password for the agent's token, by a second step when one is asked for."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from api_client.chatwoot import requests
from api_client.chatwoot.errors import error_of
from api_client.chatwoot.reading import identifier, load, mapping, text
from api_client.errors import BadAnswer, CodeTooLate, NotAllowed, NotSignedIn, Refused
from api_client.secret import Secret
from api_client.transport.address import parse_address
from api_client.transport.base import HttpTransport, Request
from api_client.transport.http import HttpxTransport

_SECOND_STEP: Final = 206


class AccountRef(Struct, frozen=True):
    """An account the agent belongs to."""

    id: str
    name: str


class SignedIn(Struct, frozen=True):
    """The token, which does not expire, and where it leads."""

    token: Secret
    account_id: str
    """The account used last."""
    name: str
    """The agent's name: text from outside."""
    accounts: tuple[AccountRef, ...] = ()
    """All accounts of the agent."""


class MfaRequired(Struct, frozen=True):
    """The account asks for a code as well: pass ``token`` and the code to :func:`finish_sign_in`."""

    token: Secret


async def sign_in_with_password(
    url: str,
    email: str,
    password: Secret,
    *,
    allow_plain: bool = False,
    http: HttpTransport | None = None,
) -> SignedIn | MfaRequired:
    """Sign in once by password; ``http`` stands in for the network in tests.

    Raises:
        NotSignedIn: wrong password, or an unconfirmed address; ``detail`` has the server's words.
        RateLimited: after about five attempts in five minutes.
        ApiError: any other of the tree.
    """
    transport = http or HttpxTransport(parse_address(url, allow_plain=allow_plain))
    return await _ask(transport, requests.sign_in(email, password.reveal()))


async def finish_sign_in(
    url: str,
    mfa_token: Secret,
    code: str,
    *,
    allow_plain: bool = False,
    http: HttpTransport | None = None,
) -> SignedIn:
    """Finish a sign-in with the code of an app, or a backup code.

    Raises:
        NotSignedIn: the code is wrong.
        CodeTooLate: the password has to be given again.
        ApiError: any other of the tree.
    """
    transport = http or HttpxTransport(parse_address(url, allow_plain=allow_plain))
    try:
        outcome = await _ask(transport, requests.sign_in_second_step(mfa_token.reveal(), code.strip()))
    except Refused as error:
        raise NotSignedIn("the code is not accepted", detail=error.detail) from None
    except NotAllowed as error:
        # A wrong code is a 400, a late one a 401 that does not speak of a token.
        raise CodeTooLate("the code came too late", detail=error.detail) from None
    if isinstance(outcome, MfaRequired):
        raise BadAnswer("the server asks for a second step twice")
    return outcome


async def _ask(transport: HttpTransport, request: Request) -> SignedIn | MfaRequired:
    try:
        response = await transport.send(request)
    finally:
        await transport.aclose()
    error = error_of(response)
    if error is not None:
        raise error
    body = mapping(load(response.body))
    if response.status == _SECOND_STEP or body.get("mfa_required") is True:
        return MfaRequired(_token(body.get("mfa_token")))
    return _signed_in(mapping(body.get("data")))


def _signed_in(user: dict[str, object]) -> SignedIn:
    name = text(user.get("available_name")) or text(user.get("name"))
    places = user.get("accounts")
    rows = [mapping(row) for row in places] if isinstance(places, list) else []
    accounts = tuple(AccountRef(identifier(row.get("id")) or "", text(row.get("name"))) for row in rows)
    return SignedIn(
        _token(user.get("access_token")), identifier(user.get("account_id")) or "", name, accounts
    )


def _token(value: object) -> Secret:
    token = Secret(text(value))
    if not token.sendable:
        raise BadAnswer("the answer holds no token")
    return token
