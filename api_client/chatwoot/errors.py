"""What a refusing answer means: Chatwoot's many error bodies on the drawn tree."""

from __future__ import annotations

from typing import Any, Final

from api_client.chatwoot.reading import load, text
from api_client.errors import (
    AnswerLost,
    ApiError,
    BadAnswer,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RateLimited,
    Refused,
    ServerFault,
    TooLarge,
)
from api_client.transport.base import Response
from api_client.transport.retry_after import retry_after

_BAD_TOKEN: Final = "Invalid Access Token"  # noqa: S105  the server's words
_OK: Final = range(200, 300)
_REDIRECTS: Final = range(300, 400)
_SERVER: Final = range(500, 600)


def error_of(response: Response) -> ApiError | None:
    """The error an answer stands for; ``None`` when it is no error."""
    status = response.status
    if status in _OK:
        return None
    if status in _REDIRECTS:
        return BadAnswer(f"sent elsewhere with status {status}", detail=response.headers.get("location", ""))
    wait = retry_after(response.headers.get("retry-after"))
    if status == 429:  # noqa: PLR2004  HTTP's own number; its body is plain text
        return RateLimited("too many requests", retry_after=wait)
    body = _json_object(response)
    if status == 413:  # noqa: PLR2004  HTTP's own number; often said by what stands before the server
        return TooLarge("more than the server takes", detail=_words(body))
    if status in _SERVER:
        return ServerFault(f"the server failed with status {status}", retry_after=wait, detail=_words(body))
    if body is None:
        return BadAnswer(f"status {status} from something that is not the backend")
    return _client_error(status, body)


def _client_error(status: int, body: dict[str, Any]) -> ApiError:
    detail = _words(body)
    match status:
        case 401:
            return _unauthorized(body, detail)
        case 403:
            return NotAllowed("not allowed", detail=detail)
        case 404 | 410:
            return NotFound("no such thing", detail=detail)
        case 408:
            return AnswerLost("the server waited too long for the request", detail=detail)
        case _:
            return Refused(f"declined with status {status}", detail=detail)


def _unauthorized(body: dict[str, Any], detail: str) -> ApiError:
    # Chatwoot says 401 for "you may not" as well; only these two bodies speak of the token or password.
    if isinstance(body.get("errors"), list) or detail == _BAD_TOKEN:
        return NotSignedIn("not signed in", detail=detail)
    return NotAllowed("not allowed", detail=detail)


def _json_object(response: Response) -> dict[str, Any] | None:
    """The body as an object; an empty body as an empty one; ``None`` for anything else."""
    if not response.body.strip():
        return {}
    try:
        body = load(response.body)
    except BadAnswer:
        return None
    return body if isinstance(body, dict) else None


def _words(body: dict[str, Any] | None) -> str:
    if body is None:
        return ""
    for key in ("error", "message", "errors"):
        said = body.get(key)
        if isinstance(said, list):
            return " ".join(filter(None, map(text, said)))
        if isinstance(said, str):
            return text(said)
    return ""
