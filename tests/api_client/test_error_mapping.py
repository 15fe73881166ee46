"""Every error of httpx and websockets has a place in our tree."""

import inspect
import ssl
from collections.abc import Iterator

import httpx
import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.http11 import Response

from api_client import errors
from api_client.transport import http, socket
from api_client.transport.address import Address

ADDRESS = Address("https", "desk.example.com", 443)


def family(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from family(child)


def bare(kind: type[Exception]) -> Exception:
    """An error of a kind without the arguments it asks for."""
    return kind.__new__(kind)


def httpx_errors() -> list[type[Exception]]:
    named = [kind for _, kind in inspect.getmembers(httpx, inspect.isclass) if issubclass(kind, Exception)]
    return sorted({child for kind in named for child in family(kind)}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", httpx_errors())
def test_every_error_of_httpx_has_a_place_of_its_own(kind: type[Exception]) -> None:
    mapped = http.map_error(bare(kind), ADDRESS)
    assert isinstance(mapped, errors.Unreachable | errors.BadAnswer)
    assert any(issubclass(kind, foreign) for foreign, _, _ in http.MAPPED[:-1]), (
        "only the net below caught it"
    )


@pytest.mark.parametrize("kind", [kind for kind in family(WebSocketException) if kind is not InvalidStatus])
def test_every_error_of_websockets_has_a_place_of_its_own(kind: type[Exception]) -> None:
    mapped = socket.map_error(bare(kind), ADDRESS)
    assert isinstance(mapped, errors.Unreachable | errors.BadAnswer)
    assert any(issubclass(kind, foreign) for foreign, _, _ in socket.MAPPED[:-1]), (
        "only the net below caught it"
    )


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (httpx.ConnectError("x"), errors.ConnectFailed),
        (httpx.ConnectTimeout("x"), errors.ConnectFailed),
        (httpx.PoolTimeout("x"), errors.ConnectFailed),
        (httpx.ReadTimeout("x"), errors.AnswerLost),
        (httpx.WriteError("x"), errors.AnswerLost),
        (httpx.RemoteProtocolError("x"), errors.AnswerLost),
        (httpx.LocalProtocolError("x"), errors.AnswerLost),
        (httpx.DecodingError("x"), errors.BadAnswer),
        (httpx.UnsupportedProtocol("x"), errors.BadAddress),
        (TimeoutError(), errors.AnswerLost),
        (OSError(), errors.ConnectFailed),
        (ZeroDivisionError(), errors.AnswerLost),
    ],
)
def test_only_what_was_never_sent_is_safe_to_repeat(error: Exception, place: type[errors.ApiError]) -> None:
    assert type(http.map_error(error, ADDRESS)) is place


@pytest.mark.parametrize("mapper", [http.map_error, socket.map_error])
def test_a_certificate_that_does_not_fit_is_told_from_no_connection(mapper: object) -> None:
    assert callable(mapper)
    error = httpx.ConnectError("x")
    error.__cause__ = OSError()
    error.__cause__.__context__ = ssl.SSLCertVerificationError()
    assert isinstance(mapper(error, ADDRESS), errors.CertificateRefused)


@pytest.mark.parametrize(
    ("status", "place"),
    [
        (301, errors.BadAnswer),
        (401, errors.NotSignedIn),
        (403, errors.NotAllowed),
        (404, errors.NotFound),
        (418, errors.BadAnswer),
        (429, errors.RateLimited),
        (502, errors.ServerFault),
    ],
)
def test_a_refused_handshake_says_why(status: int, place: type[errors.ApiError]) -> None:
    error = InvalidStatus(Response(status, "No", Headers({"Retry-After": "7"})))
    mapped = socket.map_error(error, ADDRESS)
    assert type(mapped) is place
    if isinstance(mapped, errors.RateLimited | errors.ServerFault):
        assert mapped.retry_after == 7.0
