"""What a sign-in asks for, and why it did not work, in words: what happened, what to do about it."""

from __future__ import annotations

import enum
from typing import Final

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.wording import count, say
from api_client import errors

_SHORT: Final = 160
"""Characters of a server's own words."""


class Step(enum.Enum):
    """What is asked for."""

    ADDRESS = "address"
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  the name of a step
    TOKEN = "token"  # noqa: S105  likewise
    CODE = "code"


class Beginning(Struct, frozen=True):
    """What is known before anything is asked."""

    url: str = ""
    email: str = ""
    reason: Displayable = NOTHING
    """Why one is asked at all, when there was a sign-in before."""


def why(error: errors.ApiError, step: Step, url: str) -> Displayable:
    """Why ``step`` did not go on at ``url``. Every kind of error has its words."""
    shown = clean_line(url, limit=_SHORT)
    match error:
        case errors.Unreachable():
            return _unreachable(error, shown)
        case errors.NotSignedIn():
            return _not_signed_in(error, step)
        case errors.NotAllowed() | errors.NotFound() | errors.Refused() | errors.AlreadyTaken():
            return _with_detail(
                say("The server does not let this account in. Ask whoever looks after your desk."), error
            )
        case errors.RateLimited():
            return _limited(error)
        case errors.ServerFault():
            return say("The server failed. What you typed is not to blame; wait a minute, then press Enter.")
        case errors.NotABackend():
            return _not_a_backend(error, shown)
        case _:
            return say(
                "{url} gave an answer that makes no sense. It may be too old, or something stands in "
                "between, such as the sign-in page of a network.",
                url=shown,
            )


def unserved(kind: str, url: str) -> Displayable:
    """A chat backend that this program cannot serve."""
    return say(
        "{url} is {kind}, which this version cannot serve. Chatwoot it can.",
        url=clean_line(url, limit=_SHORT), kind=clean_line(kind),
    )  # fmt: skip


def not_kept(why_not: str) -> Displayable:
    """The token could not go into a keyring, and what that means."""
    return say(
        "You are signed in, but your sign-in cannot be kept: {why}. agent-tui writes it into no file, so it "
        "is gone when you leave, and you are asked again next time. Enter starts work for now. To be asked "
        "no more, set up your system's keyring, or put your access token into AGENT_TUI_TOKEN.",
        why=clean_line(why_not),
    )  # fmt: skip


def _unreachable(error: errors.Unreachable, url: Displayable) -> Displayable:
    match error:
        case errors.BadAddress():
            return say("This is not the address of a server. One looks like https://chat.example.org")
        case errors.InsecureAddress():
            return say(
                "Over plain http, everybody on the way could read your password, so nothing was sent. "
                "Write https:// before the address; if the server has none, ask whoever runs it."
            )
        case errors.CertificateRefused():
            return say(
                "The server cannot prove that it is {url}, so nothing was sent. Look for a typing mistake, "
                "and whether this computer's date is right. If both are, tell whoever runs the server.",
                url=url,
            )
        case errors.AnswerLost():
            return say("{url} took the question and said nothing. Enter tries again.", url=url)
        case _:
            return say(
                "Nobody answers at {url}. Look for a typing mistake, then at the network (a VPN, perhaps); "
                "Enter tries again.",
                url=url,
            )


def _not_signed_in(error: errors.NotSignedIn, step: Step) -> Displayable:
    if isinstance(error, errors.CodeTooLate):
        return say("That took too long, and the server has forgotten the password. Please type it again.")
    match step:
        case Step.CODE:
            return say(
                "This code is not accepted. An app shows a new one every half minute: take the newest, or a "
                "backup code you have not used yet. If none works, the phone's clock may be wrong."
            )
        case Step.TOKEN:
            return say(
                "The server does not know this token. Copy it again: in the browser, it stands at the end of "
                "your profile settings."
            )
        case _:
            words = say(
                "E-mail address and password do not fit together. Please type the password again, or press "
                "Esc to correct the address."
            )
            return _with_detail(words, error)


def _with_detail(words: Displayable, error: errors.ApiError) -> Displayable:
    detail = clean_line(error.detail, limit=_SHORT)
    return say("{words} (The server says: {detail})", words=words, detail=detail) if detail else words


def _limited(error: errors.RateLimited) -> Displayable:
    if error.retry_after:
        return count(
            "The server wants fewer attempts. Wait {n} second, then press Enter.",
            "The server wants fewer attempts. Wait {n} seconds, then press Enter.",
            int(error.retry_after) + 1,
        )
    return say("The server wants fewer attempts. Wait about five minutes, then press Enter.")


def _not_a_backend(error: errors.NotABackend, url: Displayable) -> Displayable:
    elsewhere = clean_line(error.detail, limit=_SHORT)
    onwards = say("It sends on to {there}.", there=elsewhere) if elsewhere else NOTHING
    words = say(
        "{url} answers, but is no chat server. Take the address that your browser shows when you work.",
        url=url,
    )
    return Displayable(f"{words} {onwards}".strip())
