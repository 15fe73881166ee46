"""Routes: the account and its agents."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect import people as dialect
from practice.routes.call import StaffCall, answer
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import people
from practice.store.rows import Json, User


def agents_of(call: StaffCall, users: list[User]) -> list[Json]:
    """Users in the REST form."""
    return [dialect.agent(user, call.desk.presence.status_of(user)) for user in users]


def show_account(call: StaffCall) -> Response:
    """The account and what it can do."""
    return answer(dialect.account(people.account(call.desk.db)))


def cache_keys(call: StaffCall) -> Response:
    """When labels, inboxes and teams last changed."""
    return answer({"cache_keys": dialect.cache_keys(people.account(call.desk.db))})


def list_agents(call: StaffCall) -> Response:
    """All staff."""
    return answer(agents_of(call, people.users(call.desk.db)))


def list_assignable(call: StaffCall) -> Response:
    """Who can be given conversations of all the inboxes asked for."""
    wanted = [int(text) for text in call.params.texts("inbox_ids") if text.isdigit()]
    if not wanted or any(people.inbox(call.desk.db, inbox_id) is None for inbox_id in wanted):
        raise errors.not_found()
    return answer({"payload": agents_of(call, people.assignable(call.desk.db, wanted))})


ROUTES: list[Served] = [
    ForStaff("GET", ACCOUNT, "The account and its features", show_account),
    ForStaff("GET", f"{ACCOUNT}/cache_keys", "When labels, inboxes and teams last changed", cache_keys),
    ForStaff("GET", f"{ACCOUNT}/agents", "All staff, by name", list_agents),
    ForStaff(
        "GET",
        f"{ACCOUNT}/assignable_agents",
        "Who can be given conversations of these inboxes",
        list_assignable,
    ),
]
