"""One call: its parameters as Rails would merge them, who makes it, and how it is answered."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from practice.bounds import Bounds
from practice.changes.records import Upload
from practice.desk import Desk
from practice.dialect import errors
from practice.dialect.errors import ApiError
from practice.routes.forms import is_form, read_form
from practice.store import people
from practice.store.rows import Json, User
from practice.store.seed import ACCOUNT_ID
from practice.throttling import Asked, Throttles, credential_of
from practice.tokens import token_hash

BODY_LIMIT = 1024 * 1024
LAST_SECOND = 253_402_300_799.0
LAST_PAGE = 1_000_000
TRUE_WORDS = frozenset({"true", "1", "on", "yes"})

log = logging.getLogger("practice")


class Params:
    """Query and JSON body as one mapping, the body first. Numbers may come as text."""

    def __init__(
        self, values: Json, lists: dict[str, list[str]], files: dict[str, list[Upload]] | None = None
    ) -> None:
        self.values = values
        self._lists = lists
        self._files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are written out, anything else counts as not given."""
        value = self.values.get(name)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else default

    def integer(self, name: str) -> int | None:
        """A whole number, or ``None`` when it is absent, null or none."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def seconds(self, name: str) -> float | None:
        """Seconds from 0 to the year 9999, or ``None`` when absent; raises ``ApiError`` for others."""
        if not self.text(name):
            return None
        try:
            seconds = float(self.text(name))
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds <= LAST_SECOND:
            raise errors.unprocessable(f"{name} must be seconds, not milliseconds or anything else")
        return seconds

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A truth value; forms send it as text."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else self.text(name, str(default)).lower() in TRUE_WORDS

    def mapping(self, name: str) -> Json:
        """A JSON object, empty when absent."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}

    def texts(self, name: str) -> list[str]:
        """A list of texts: from the body under ``name``, from the query under ``name[]``."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(one) for one in value if isinstance(one, str | int)]
        return self._lists.get(f"{name}[]", [])

    def integers(self, name: str) -> list[int]:
        """A list of whole numbers, as JSON or text; what is none is left out."""
        return [int(text) for text in self.texts(name) if text.lstrip("-").isdecimal()]

    def files(self, name: str) -> list[Upload]:
        """The files of a form's field."""
        return self._files.get(name, [])

    def nested(self, name: str) -> Params:
        """The parameters inside an object, e.g. ``profile``."""
        return Params(self.mapping(name), {})

    @property
    def page(self) -> int:
        """The page asked for, from 1."""
        return min(max(1, self.integer("page") or 1), LAST_PAGE)


@dataclass(frozen=True, slots=True)
class Call:
    """A call by anyone: ``path`` holds the values from the address."""

    desk: Desk
    path: Mapping[str, Any]
    params: Params
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StaffCall(Call):
    """A call by a member of staff."""

    user: User


def page_of(call: Call) -> int | str:
    """The page as lists tell it: the very text that was asked for, or the number 1."""
    return call.params.text("page") or 1


def answer(body: object, headers: Mapping[str, str] | None = None) -> Response:
    """200 with a JSON body."""
    return json_response(200, body, headers)


def empty() -> Response:
    """200 with no body at all, as some calls answer."""
    return Response(b"", media_type="application/json")


def json_response(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    """Any status with a JSON body."""
    content = msgspec.json.encode(body)
    return Response(content, status, headers, media_type="application/json; charset=utf-8")


def failure(error: ApiError) -> Response:
    """The answer that an error asks for."""
    if isinstance(error.body, str):
        return Response(error.body, error.status, media_type="text/plain")
    return json_response(error.status, error.body)


Endpoint = Callable[[Call], Response]
StaffEndpoint = Callable[[StaffCall], Response]


async def _body(request: Request) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_LIMIT:
            raise errors.too_large()
        chunks.append(chunk)
    return b"".join(chunks)


async def read_params(request: Request, bounds: Bounds) -> Params:
    """The parameters of a request; raises ``ApiError`` for a body too large or not what it should be."""
    query = request.query_params
    lists = {name: query.getlist(name) for name in query if name.endswith("[]")}
    if is_form(request):
        form = await read_form(request, bounds.upload_bytes)
        return Params({**query, **form.values}, {**lists, **form.lists}, form.files)
    return Params({**query, **await _json_body(request)}, lists)


async def _json_body(request: Request) -> Json:
    raw = await _body(request)
    try:
        body = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise errors.unprocessable(f"The request body is not valid JSON: {error}") from error
    if not isinstance(body, dict):
        raise errors.unprocessable("The request body must be a JSON object")
    return body


def caller(desk: Desk, headers: Mapping[str, str]) -> User:
    """Who makes a call, by access token in either spelling or by session; raises ``ApiError`` for nobody."""
    token = headers.get("api_access_token") or headers.get("api-access-token")
    if token:
        user = people.user_by_access_token(desk.db, token)
        if user is None:
            raise errors.bad_token()
        return user
    session, client = headers.get("access-token", ""), headers.get("client", "")
    user = people.user_by_session(desk.db, client, token_hash(session), desk.clock.now())
    if user is None or user.email != headers.get("uid", "").lower():
        raise errors.not_signed_in()
    return user


async def respond(desk: Desk, request: Request, endpoint: Endpoint) -> Response:
    """Run an endpoint that anyone may call."""
    return await _guarded(
        desk, request, lambda params: endpoint(Call(desk, request.path_params, params, request.headers))
    )


async def respond_to_staff(
    desk: Desk, request: Request, endpoint: StaffEndpoint, *, leading: bool = False
) -> Response:
    """Run an endpoint for signed-in staff of the account in the address; ``leading`` asks for a lead."""

    def run(params: Params) -> Response:
        user = caller(desk, request.headers)
        if request.path_params.get("account_id", ACCOUNT_ID) != ACCOUNT_ID:
            raise errors.not_a_member()
        if leading and not user.is_administrator:
            raise errors.forbidden()
        return endpoint(StaffCall(desk, request.path_params, params, request.headers, user))

    return await _guarded(desk, request, run)


def _throttle(request: Request, params: Params) -> None:
    throttles: Throttles = request.app.state.throttles
    address, port = request.client or ("", 0)
    asked = Asked(
        request.method,
        request.url.path,
        address,
        port,
        credential_of(request.headers),
        params.text("email"),
    )
    if not throttles.allow(asked):
        raise errors.throttled()


async def _guarded(desk: Desk, request: Request, run: Callable[[Params], Response]) -> Response:
    try:
        params = await read_params(request, desk.bounds)
        _throttle(request, params)
        return run(params)
    except ApiError as error:
        return failure(error)
    except OverflowError:
        return failure(errors.not_found())  # an id that is larger than any the database can hold
    except ClientDisconnect:
        return Response(b"", 499)
    except Exception:
        log.exception("%s %s failed", request.method, request.url.path)
        return failure(errors.internal())
