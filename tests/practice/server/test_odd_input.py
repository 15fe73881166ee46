"""Whatever is sent, the desk answers, and what it answered before stays readable."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.dialect import errors
from practice.routes.served import Served
from practice.routes.table import routes
from tests.practice.server.house import Customer, House

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
NAMES = st.sampled_from(
    [
        "after",
        "assignee_id",
        "assignee_type",
        "attributes",
        "availability",
        "before",
        "contact_id",
        "content",
        "content_attributes",
        "conversation_type",
        "custom_attributes",
        "echo_id",
        "email",
        "identifier",
        "inbox_id",
        "inbox_ids",
        "is_private",
        "labels",
        "language",
        "message",
        "message_type",
        "name",
        "page",
        "password",
        "phone_number",
        "priority",
        "private",
        "profile",
        "q",
        "query",
        "search",
        "snoozed_until",
        "sort",
        "sort_by",
        "source_id",
        "status",
        "team_id",
        "typing_status",
        "updated_within",
    ]
)
WORDS = st.sampled_from(["open", "resolved", "snoozed", "pending", "on", "me", "inf", "nan", "1e400"])
BODIES = st.dictionaries(NAMES, VALUES | WORDS, max_size=6)
BROKEN_ON_PURPOSE = errors.internal().body
UNKNOWN = 987_654
"""What is deleted in a test of odd input does not exist; the other tests still need what does."""
BREAKING = {"status", "priority"}


def filled(path: str, house: House, number: int, source: str) -> str:
    """A route's address with values that exist."""
    known = {"inbox_identifier": house.ready["inboxes"][0]["identifier"], "contact_identifier": source}
    known |= {"slug": "help", "account_id": "1"}
    return re.sub(r"{(\w+)(:int)?}", lambda found: str(known.get(found[1], number)), path)


@pytest.fixture(scope="module")
def customer(house: House) -> Customer:
    return house.customer().start()


@settings(max_examples=150, deadline=None)
@given(route=st.sampled_from(routes()), body=BODIES, in_query=st.booleans())
def test_no_parameters_break_a_route(
    house: House, customer: Customer, route: Served, body: dict[str, Any], *, in_query: bool
) -> None:
    number = UNKNOWN if route.method == "DELETE" else customer.number
    address = filled(route.path, house, number, customer.contact["source_id"])
    sent: dict[str, Any] = (
        {"params": {name: str(value) for name, value in body.items()}} if in_query else {"json": body}
    )
    answer = house.ida.http.request(route.method, address, **sent)
    if answer.status_code == 500:
        assert set(body) & BREAKING
        assert answer.json() == BROKEN_ON_PURPOSE
    for path in ("/conversations?status=all", f"/conversations/{customer.number}/messages", "/contacts"):
        assert house.ida.get(path)


def test_a_page_beyond_all_pages_is_empty(house: House) -> None:
    assert house.ida.get("/conversations", page=10**30)["data"]["payload"] == []
