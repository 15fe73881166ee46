"""What each refusing answer means."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client import errors
from api_client.chatwoot.errors import error_of
from api_client.transport.base import Response
from api_client.transport.retry_after import LONGEST, retry_after

HTML = b"<html><body>Bad gateway</body></html>"


def answer(status: int, body: object = b"", **headers: str) -> Response:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw, 0.0, 0.1)


@pytest.mark.parametrize(
    ("response", "kind", "detail"),
    [
        (
            answer(401, {"errors": ["You need to sign in or sign up before continuing."]}),
            errors.NotSignedIn,
            "You need to sign in or sign up before continuing.",
        ),
        (answer(401, {"error": "Invalid Access Token"}), errors.NotSignedIn, "Invalid Access Token"),
        (
            answer(401, {"success": False, "errors": ["Invalid login credentials."]}),
            errors.NotSignedIn,
            "Invalid login credentials.",
        ),
        (
            answer(401, {"error": "You are not authorized to do this action"}),
            errors.NotAllowed,
            "You are not authorized to do this action",
        ),
        (answer(401, {"error": "Account is suspended"}), errors.NotAllowed, "Account is suspended"),
        (answer(401), errors.NotAllowed, ""),
        (answer(402, {"error": "Upgrade"}), errors.Refused, "Upgrade"),
        (answer(403, {"error": "off"}), errors.NotAllowed, "off"),
        (
            answer(404, {"error": "Resource could not be found"}),
            errors.NotFound,
            "Resource could not be found",
        ),
        (answer(404, {"status": 404, "error": "Not Found"}), errors.NotFound, "Not Found"),
        (answer(404, HTML), errors.BadAnswer, ""),
        (answer(408), errors.AnswerLost, ""),
        (
            answer(422, {"message": "Email has already been taken", "attributes": ["email"]}),
            errors.Refused,
            "Email has already been taken",
        ),
        (
            answer(422, {"error": "Validation failed: Too many messages"}),
            errors.Refused,
            "Validation failed: Too many messages",
        ),
        (answer(429, b"Retry later\n"), errors.RateLimited, ""),
        (answer(429), errors.RateLimited, ""),
        (answer(302, location="https://elsewhere.test/"), errors.BadAnswer, "https://elsewhere.test/"),
        (
            answer(500, {"status": 500, "error": "Internal Server Error"}),
            errors.ServerFault,
            "Internal Server Error",
        ),
        (answer(502, HTML), errors.ServerFault, ""),
        (answer(401, HTML), errors.BadAnswer, ""),
        (answer(400, b"[]"), errors.BadAnswer, ""),
        (answer(199), errors.Refused, ""),
    ],
)
def test_each_refusal_has_its_place(response: Response, kind: type[errors.ApiError], detail: str) -> None:
    error = error_of(response)
    assert type(error) is kind
    assert error is not None
    assert error.detail == detail


@pytest.mark.parametrize("status", [200, 201, 204, 206])
def test_a_success_is_no_error(status: int) -> None:
    assert error_of(answer(status)) is None


def test_the_wait_that_a_server_asks_for_is_kept() -> None:
    limited = error_of(answer(429, b"Retry later\n", retry_after="17"))
    assert isinstance(limited, errors.RateLimited)
    assert limited.retry_after == 17.0
    down = error_of(answer(503, HTML, retry_after="60"))
    assert isinstance(down, errors.ServerFault)
    assert down.retry_after == 60.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        (" 5 ", 5.0),
        ("Fri, 19 Jun 2026 12:00:30 GMT", 30.0),
        ("Fri, 19 Jun 2026 11:00:00 GMT", 0.0),
        ("9" * 400, LONGEST),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, now=lambda: 1781870400.0) == seconds


@given(st.integers(100, 599), st.binary(max_size=60), st.text(max_size=20))
def test_any_answer_is_a_success_or_one_of_our_errors(status: int, body: bytes, header: str) -> None:
    error = error_of(Response(status, {"retry-after": header, "location": header}, body, 0.0, 0.0))
    assert (error is None) == (200 <= status < 300)


def test_no_error_in_the_tree_lacks_words() -> None:
    def family(kind: type[errors.ApiError]) -> list[type[errors.ApiError]]:
        return [kind, *(child for sub in kind.__subclasses__() for child in family(sub))]

    drawn = errors.__doc__ or ""
    assert all(kind.__doc__ for kind in family(errors.ApiError))
    assert [kind.__name__ for kind in family(errors.ApiError) if kind.__name__ not in drawn] == []
