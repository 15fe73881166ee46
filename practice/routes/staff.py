"""Routes: the account, its agents, inboxes, teams and labels."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect import people as dialect
from practice.dialect.library import label
from practice.routes.call import StaffCall, answer
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import library, people
from practice.store.rows import Inbox, Json, Team, User


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


def list_inboxes(call: StaffCall) -> Response:
    """The caller's inboxes."""
    return answer({"payload": [dialect.inbox(row) for row in people.inboxes(call.desk.db, call.user)]})


def _inbox(call: StaffCall) -> Inbox:
    row = people.inbox(call.desk.db, call.path["inbox_id"])
    if row is None:
        raise errors.not_found()
    if not call.user.is_administrator and not people.is_inbox_member(call.desk.db, row.id, call.user.id):
        raise errors.forbidden()
    return row


def show_inbox(call: StaffCall) -> Response:
    """One inbox."""
    return answer(dialect.inbox(_inbox(call)))


def list_inbox_members(call: StaffCall) -> Response:
    """Who serves an inbox."""
    return answer({"payload": agents_of(call, people.inbox_members(call.desk.db, _inbox(call).id))})


def list_assignable(call: StaffCall) -> Response:
    """Who can be given conversations of all the inboxes asked for."""
    wanted = [int(text) for text in call.params.texts("inbox_ids") if text.isdigit()]
    if not wanted or any(people.inbox(call.desk.db, inbox_id) is None for inbox_id in wanted):
        raise errors.not_found()
    return answer({"payload": agents_of(call, people.assignable(call.desk.db, wanted))})


def _team(call: StaffCall) -> Team:
    row = people.team(call.desk.db, call.path["team_id"])
    if row is None:
        raise errors.not_found()
    return row


def _shown_team(call: StaffCall, row: Team) -> Json:
    return dialect.team(row, is_member=people.is_team_member(call.desk.db, row.id, call.user.id))


def list_teams(call: StaffCall) -> Response:
    """All teams."""
    return answer([_shown_team(call, row) for row in people.teams(call.desk.db)])


def show_team(call: StaffCall) -> Response:
    """One team."""
    return answer(_shown_team(call, _team(call)))


def list_team_members(call: StaffCall) -> Response:
    """Who belongs to a team."""
    return answer(agents_of(call, people.team_members(call.desk.db, _team(call).id)))


def list_labels(call: StaffCall) -> Response:
    """The account's labels."""
    return answer({"payload": [label(row) for row in library.labels(call.desk.db)]})


ROUTES: list[Served] = [
    ForStaff("GET", ACCOUNT, "The account and its features", show_account),
    ForStaff("GET", f"{ACCOUNT}/cache_keys", "When labels, inboxes and teams last changed", cache_keys),
    ForStaff("GET", f"{ACCOUNT}/agents", "All staff, by name", list_agents),
    ForStaff(
        "GET", f"{ACCOUNT}/inboxes", "The caller's inboxes; all of them for administrators", list_inboxes
    ),
    ForStaff("GET", f"{ACCOUNT}/inboxes/{{inbox_id:int}}", "One inbox", show_inbox),
    ForStaff("GET", f"{ACCOUNT}/inbox_members/{{inbox_id:int}}", "Who serves an inbox", list_inbox_members),
    ForStaff(
        "GET",
        f"{ACCOUNT}/assignable_agents",
        "Who can be given conversations of these inboxes",
        list_assignable,
    ),
    ForStaff("GET", f"{ACCOUNT}/teams", "All teams", list_teams),
    ForStaff("GET", f"{ACCOUNT}/teams/{{team_id:int}}", "One team", show_team),
    ForStaff(
        "GET", f"{ACCOUNT}/teams/{{team_id:int}}/team_members", "Who belongs to a team", list_team_members
    ),
    ForStaff("GET", f"{ACCOUNT}/labels", "The account's labels, by title", list_labels),
]
