"""Signing in by password, finding out what lives at an address, and opening a backend."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest

from api_client import errors
from api_client.chatwoot.signin import (
    AccountRef,
    MfaRequired,
    SignedIn,
    finish_sign_in,
    sign_in_with_password,
)
from api_client.detect import DetectedBackend, detect
from api_client.open import open_backend
from api_client.secret import Secret
from api_client.transport.base import Request
from api_client.transport.memory import Answer, MemoryHttp

MakeRow = Callable[..., dict[str, Any]]
URL = "https://desk.example.test"
WORD = Secret("lemon-fjord-212")
HTML = b"<!doctype html><title>Welcome</title>"


def saying(answer: Answer) -> MemoryHttp:
    return MemoryHttp(lambda _: answer)


async def test_a_password_is_traded_for_the_token(profile_row: MakeRow) -> None:
    http = saying((200, {"data": profile_row()}))
    outcome = await sign_in_with_password(URL, "mara@example.test", WORD, http=http)
    assert outcome == SignedIn(
        Secret("q7Wm2cYyq3m4TtR8d0uJkLzX"), "1", "Mara", (AccountRef("1", "Kite Bikes"),)
    )
    assert "q7Wm2c" not in repr(outcome)
    assert http.requests[0].json == {"email": "mara@example.test", "password": "lemon-fjord-212"}
    assert http.closed


async def test_an_account_with_a_second_step_asks_for_a_code(profile_row: MakeRow) -> None:
    asking = saying((206, {"mfa_required": True, "mfa_token": "m1"}))
    assert await sign_in_with_password(URL, "m@x.test", WORD, http=asking) == MfaRequired(Secret("m1"))
    done = saying((200, {"data": profile_row()}))
    outcome = await finish_sign_in(URL, Secret("m1"), " 123456 ", http=done)
    assert outcome.name == "Mara"
    assert done.requests[0].json == {"mfa_token": "m1", "otp_code": "123456"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((400, {"error": "Invalid code"}), errors.NotSignedIn),
        ((401, {"error": "Token expired"}), errors.CodeTooLate),
    ],
)
async def test_a_wrong_code_is_told_from_a_late_one(answer: Answer, kind: type[errors.ApiError]) -> None:
    with pytest.raises(errors.NotSignedIn) as caught:
        await finish_sign_in(URL, Secret("m1"), "123456", http=saying(answer))
    assert type(caught.value) is kind
    assert caught.value.detail


async def test_a_server_that_asks_twice_for_a_code_gives_a_bad_answer() -> None:
    asking = saying((206, {"mfa_required": True, "mfa_token": "m1"}))
    with pytest.raises(errors.BadAnswer):
        await finish_sign_in(URL, Secret("m1"), "123456", http=asking)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((401, {"success": False, "errors": ["Invalid login credentials."]}), errors.NotSignedIn),
        ((429, b"Retry later\n"), errors.RateLimited),
        ((200, HTML), errors.BadAnswer),
        ((200, {"data": {}}), errors.BadAnswer),
        ((404, HTML), errors.BadAnswer),
        (errors.ConnectFailed("nobody"), errors.ConnectFailed),
    ],
)
async def test_a_failed_sign_in_says_why_and_closes(answer: Answer, kind: type[errors.ApiError]) -> None:
    http = saying(answer)
    with pytest.raises(kind) as caught:
        await sign_in_with_password(URL, "m@x.test", WORD, http=http)
    assert "lemon" not in str(caught.value)
    assert http.closed


async def test_chatwoot_is_known_by_its_version() -> None:
    http = saying((200, {"version": "4.15.1", "timestamp": "2026-06-20 09:12:44"}))
    found = await detect("desk.example.test/chat/", http=http)
    assert found == DetectedBackend("chatwoot", "4.15.1", "https://desk.example.test/chat")


async def test_libredesk_is_known_by_its_settings() -> None:
    def answer(request: Request) -> Answer:
        if request.path == "/api":
            return (404, {"status": "error"})
        return (200, {"status": "success", "data": {"app.lang": "en", "app.sso_providers": []}})

    assert await detect(URL, http=MemoryHttp(answer)) == DetectedBackend("libredesk", "", URL)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, HTML), errors.NotABackend),
        ((404, HTML), errors.NotABackend),
        ((200, {"version": "1"}), errors.NotABackend),
        ((302, b""), errors.NotABackend),
        ((502, HTML), errors.ServerFault),
        ((429, b""), errors.RateLimited),
        (errors.ConnectFailed("nobody"), errors.ConnectFailed),
        (errors.CertificateRefused("who"), errors.CertificateRefused),
    ],
)
async def test_another_server_is_told_from_no_server(answer: Answer, kind: type[errors.ApiError]) -> None:
    with pytest.raises(kind) as caught:
        await detect(URL, http=saying(answer))
    assert type(caught.value) is kind


async def test_a_redirect_names_where_it_leads() -> None:
    http = MemoryHttp(lambda _: (301, b""), headers={"location": "https://new.example.test/"})
    with pytest.raises(errors.NotABackend) as caught:
        await detect(URL, http=http)
    assert caught.value.detail == "https://new.example.test/"


async def test_nobody_at_the_address_is_found_out_over_a_real_socket() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(errors.ConnectFailed):
        await detect(f"127.0.0.1:{port}")


@pytest.mark.parametrize("url", ["http://desk.example.test", "not a url"])
async def test_an_address_is_judged_before_anything_is_sent(url: str) -> None:
    with pytest.raises(errors.Unreachable):
        await detect(url)
    with pytest.raises(errors.Unreachable):
        await sign_in_with_password(url, "m@x.test", WORD)
    with pytest.raises(errors.Unreachable):
        open_backend("chatwoot", url, WORD)


def test_an_unknown_kind_of_backend_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="chatwoot"):
        open_backend("pigeon", URL, WORD)


def test_plain_http_to_another_machine_must_be_asked_for_by_name() -> None:
    backend = open_backend("chatwoot", "http://desk.example.test", WORD, allow_plain=True)
    assert "lemon" not in repr(backend)
    assert asyncio.iscoroutinefunction(backend.sign_in)
