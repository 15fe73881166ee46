"""Every route of the table, called by everybody with everything that people try: never a fault, never a leak.

``AGENT_TUI_HOSTILE=examples`` makes it longer.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.app import create_app
from practice.clock import SteppedClock
from practice.customers.door import Door
from practice.desk import Desk
from practice.dialect import errors
from practice.routes.served import ForAnyone, Served
from practice.routes.table import routes
from tests.practice.server.house import SMALL, START

EXAMPLES = int(os.environ.get("AGENT_TUI_HOSTILE", "400"))
SECRET = "umbrella-4711"
"""Stands in what a customer has written, and nowhere else."""
DELIBERATE = errors.internal().body
"""As the real server answers a status or priority that there is none of."""
STAFF = ("administrator", "agent", "outsider")

TRICKS = st.sampled_from(
    [
        "", "0", "-1", "1", "2", "999999999", str(2**63), str(2**64), "9" * 400, "1e400", "nan", "null", "١٢",
        "' OR '1'='1", "1; DROP TABLE messages; --", '" UNION SELECT token FROM users --', "%", "_", "\\",
        "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "a\x00b", "\x00", "\ud83d", "\u202e", "x" * 5000,
        "{{7*7}}", "<script>", "open", "resolved", "2026-11-22", "incoming", "on",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "content",
        "message_type",
        "private",
        "echo_id",
        "content_attributes",
        "attachments",
        "status",
        "labels",
        "assignee_id",
        "team_id",
        "priority",
        "snoozed_until",
        "name",
        "email",
        "phone_number",
        "identifier",
        "custom_attributes",
        "additional_attributes",
        "before",
        "after",
        "page",
        "q",
        "query",
        "sort",
        "since",
        "until",
        "typing_status",
        "is_private",
        "type",
        "ids",
        "fields",
        "payload",
        "message",
        "user_ids",
        "submitted_values",
        "inbox_id",
        "contact_id",
        "source_id",
        "password",
        "mfa_token",
        "otp_code",
        "profile",
        "canned_response",
        "timezone_offset",
        "metric",
        "group_by",
        "per_page",
        "id",
        "conversation",
        "account",
    ]
)
VALUES = st.recursive(
    TRICKS | st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | TRICKS, inner, max_size=3),
    max_leaves=6,
)


def _json(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except (msgspec.EncodeError, UnicodeEncodeError, OverflowError):
        return b"{"


TYPES = st.sampled_from(
    [
        "application/json", "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "y" * 300, "application/x-www-form-urlencoded",
        "application/json; charset=utf-16", "\x00",
    ]
)  # fmt: skip
FILE = '--x\r\nContent-Disposition: form-data; name="attachments[]"; filename="%s"\r\n\r\nfile\r\n--x--\r\n'
BODIES = st.one_of(
    st.dictionaries(NAMES, VALUES, max_size=5).map(_json),
    VALUES.map(_json),
    st.binary(max_size=60),
    TRICKS.map(lambda name: (FILE % name).encode("utf-8", "replace")),
    st.sampled_from([b"--x\r\n", b"--x--", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"[" * 100_000]),
    st.just(b" " * (1024 * 1024 + 1)),
)
QUERIES = st.dictionaries(NAMES | NAMES.map(lambda name: f"{name}[]"), TRICKS, max_size=4)


class Town:
    """A desk in this process with two customers, of whom one has a secret, and everybody who calls."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.desk = Desk(SMALL, SteppedClock(START), seed_number=1)
        self.app = create_app(self.desk)
        self.faults: list[logging.LogRecord] = []
        ready: Any = self.desk.ready("http://127.0.0.1")
        names = {"mara": "agent", "sam": "outsider", "ida": "administrator"}
        self.tokens = {names[one["email"].split("@")[0].lower()]: one["token"] for one in ready["agents"]}
        self.identifier = ready["inboxes"][0]["identifier"]
        self.own, _ = self._arrives("Open book", "hello")
        self.theirs, self.secret = self._arrives("Private", SECRET)

    def _arrives(self, name: str, words: str) -> tuple[str, int]:
        place = f"/public/api/v1/inboxes/{self.identifier}/contacts"
        person = self._public("POST", place, {"name": name})
        begun = self._public("POST", f"{place}/{person['source_id']}/conversations", {})
        talk = f"{place}/{person['source_id']}/conversations/{begun['id']}/messages"
        self._public("POST", talk, {"content": words})
        return str(person["source_id"]), int(begun["id"])

    def _public(self, method: str, path: str, body: object) -> Any:
        return self.loop.run_until_complete(Door(self.app).call(method, path, body))

    def call(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes]:
        """The answer to a raw call, as a server would hand it in."""
        told: list[dict[str, Any]] = []
        scope = {
            "type": "http", "http_version": "1.1", "scheme": "http", "method": method, "path": path,
            "raw_path": path.encode("utf-8", "replace"), "root_path": "", "query_string": query.encode(),
            "headers": [(name.encode(), told.encode("latin-1", "replace")) for name, told in headers.items()],
            "client": ("127.0.0.1", 0), "server": ("127.0.0.1", 0), "asgi": {"version": "3.0"},
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        async def ask() -> None:
            async with asyncio.timeout(5):
                await self.app(scope, receive, send)  # type: ignore[arg-type]

        self.loop.run_until_complete(ask())
        return int(told[0]["status"]), b"".join(one.get("body", b"") for one in told[1:])

    def close(self) -> None:
        self.desk.close()
        self.loop.close()


class Listener(logging.Handler):
    """Writes down what the desk complains of."""

    def __init__(self, told: list[logging.LogRecord]) -> None:
        super().__init__()
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        self._told.append(record)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with closing(Town()) as made:
        log, listener = logging.getLogger("practice"), Listener(made.faults)
        log.addHandler(listener)
        yield made
        log.removeHandler(listener)


def _filled(town: Town, path: str, number: str, words: str) -> str:
    """The route's address; its own customer is known, everything else is made up."""
    known = {"account_id": "1", "inbox_identifier": town.identifier, "contact_identifier": town.own}
    return re.sub(r"{(\w+)(:int)?}", lambda found: known.get(found[1], number if found[2] else words), path)


CALLS = st.tuples(
    st.sampled_from(routes()),
    st.sampled_from(["1", "2", "3", "0", "-1", str(2**31), str(2**63), str(2**64), "9" * 40]),
    TRICKS,
    QUERIES,
    TYPES,
    BODIES,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(call=CALLS, who=st.sampled_from([*STAFF, "nobody", "forger"]))
def test_nothing_that_is_sent_breaks_a_route_or_opens_it_to_the_wrong_person(
    town: Town, call: tuple[Served, str, str, dict[str, str], str, bytes], who: str
) -> None:
    route, number, words, query, kind, body = call
    headers = {"content-type": kind, "content-length": str(len(body))}
    if who != "nobody":
        headers["api_access_token"] = town.tokens.get(who, "' OR 1=1 --")
    asked = "&".join(f"{quote(name)}={quote(value, errors='replace')}" for name, value in query.items())
    town.faults.clear()
    path = _filled(town, route.path, number, words.encode("utf-8", "replace").decode())
    status, answer = town.call(route.method, path, asked, headers, body)
    assert [record.getMessage() for record in town.faults] == []
    assert status < 500 or msgspec.json.decode(answer) == DELIBERATE
    if who in {"nobody", "forger"}:
        assert SECRET.encode() not in answer


def test_an_agent_of_another_queue_reads_nothing_of_a_conversation() -> None:
    with closing(Town()) as town:
        headers = {"api_access_token": town.tokens["outsider"]}
        for route in routes():
            if route.method == "GET" and not isinstance(route, ForAnyone):
                path = _filled(town, route.path, str(town.secret), "x")
                for query in ("", f"q={SECRET[:8]}", "status=all"):
                    assert SECRET.encode() not in town.call("GET", path, query, headers, b"")[1], route.path


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{route.method} {route.path}")
def test_nobody_and_other_accounts_learn_nothing(town: Town, route: Served) -> None:
    path = _filled(town, route.path, str(town.secret), "x")
    for token, address in (("", path), (town.tokens["agent"], path.replace("accounts/1", "accounts/2"))):
        if address != path or not token:
            headers = {"api_access_token": token} if token else {}
            status, answer = town.call(route.method, address, "", headers, b"{}")
            assert status < 500
            assert SECRET.encode() not in answer


def test_a_customer_has_no_way_into_anothers_conversation(town: Town) -> None:
    for route in routes():
        if "{contact_identifier}" in route.path and "{conversation_id" in route.path:
            status, answer = town.call(
                route.method, _filled(town, route.path, str(town.secret), "x"), "", {}, b"{}"
            )
            assert status == 404
            assert SECRET.encode() not in answer
