"""Routes: teams and who belongs to them."""

from __future__ import annotations

from starlette.responses import Response

from practice.changes import account
from practice.dialect import errors
from practice.dialect import people as dialect
from practice.routes.call import StaffCall, answer, empty
from practice.routes.served import ACCOUNT, ForAdministrators, ForStaff, Served
from practice.routes.staff import agents_of
from practice.store import people
from practice.store.rows import Json, Team

TEAMS = f"{ACCOUNT}/teams"
ONE = TEAMS + "/{team_id:int}"
MEMBERS = f"{ONE}/team_members"


def _asked(call: StaffCall) -> Team:
    row = people.team(call.desk.db, call.path["team_id"])
    if row is None:
        raise errors.not_found()
    return row


def _shown(call: StaffCall, row: Team) -> Json:
    return dialect.team(row, is_member=people.is_team_member(call.desk.db, row.id, call.user.id))


def list_teams(call: StaffCall) -> Response:
    """All teams."""
    return answer([_shown(call, row) for row in people.teams(call.desk.db)])


def show_team(call: StaffCall) -> Response:
    """One team."""
    return answer(_shown(call, _asked(call)))


def _columns(call: StaffCall, known: Team | None) -> Json:
    """What is to be set; raises ``ApiError`` when the name is blank or another team's."""
    given = call.params.nested("team") if "team" in call.params else call.params
    columns: Json = {}
    if known is None or "name" in given:
        columns["name"] = _free_name(call, given.text("name").strip().lower(), known)
    if "description" in given:
        columns["description"] = given.text("description")
    if "allow_auto_assign" in given:
        columns["allow_auto_assign"] = given.flag("allow_auto_assign")
    return columns


def _free_name(call: StaffCall, name: str, known: Team | None) -> str:
    if not name:
        raise errors.invalid("Name must not be blank", "name")
    owner = next((team for team in people.teams(call.desk.db) if team.name == name), None)
    if owner is not None and owner != known:
        raise errors.invalid("Name has already been taken", "name")
    return name


def create_team(call: StaffCall) -> Response:
    """A new team; it assigns by itself unless told otherwise, as on the real server."""
    columns = _columns(call, None)
    with call.desk.change(call.user) as change:
        team = people.team(call.desk.db, account.add_team(change, columns))
    return answer(_shown(call, team) if team else None)


def update_team(call: StaffCall) -> Response:
    """Change a team."""
    row = _asked(call)
    columns = _columns(call, row)
    with call.desk.change(call.user) as change:
        account.set_team(change, row, columns)
    return show_team(call)


def delete_team(call: StaffCall) -> Response:
    """Dissolve a team."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        account.remove_team(change, row)
    return empty()


def list_members(call: StaffCall) -> Response:
    """Who belongs to a team."""
    return answer(agents_of(call, people.team_members(call.desk.db, _asked(call).id)))


def _given(call: StaffCall) -> set[int]:
    known = {user.id for user in people.users(call.desk.db)}
    wanted = set(call.params.integers("user_ids"))
    if not wanted <= known:
        raise errors.unprocessable("Invalid User IDs")
    return wanted


def _set_members(call: StaffCall, row: Team, user_ids: set[int]) -> None:
    with call.desk.change(call.user) as change:
        account.set_members(change, row, user_ids)


def _members(call: StaffCall, row: Team) -> set[int]:
    return {user.id for user in people.team_members(call.desk.db, row.id)}


def add_members(call: StaffCall) -> Response:
    """Add people to a team; answers those who are new."""
    row, given = _asked(call), _given(call)
    before = _members(call, row)
    _set_members(call, row, before | given)
    added = [user for user in people.team_members(call.desk.db, row.id) if user.id in given - before]
    return answer(agents_of(call, added))


def set_members(call: StaffCall) -> Response:
    """Let exactly these people belong to a team."""
    row, given = _asked(call), _given(call)
    _set_members(call, row, given)
    return list_members(call)


def remove_members(call: StaffCall) -> Response:
    """Take people out of a team."""
    row = _asked(call)
    _set_members(call, row, _members(call, row) - set(call.params.integers("user_ids")))
    return empty()


ROUTES: list[Served] = [
    ForStaff("GET", TEAMS, "All teams", list_teams),
    ForAdministrators("POST", TEAMS, "A new team", create_team),
    ForStaff("GET", ONE, "One team", show_team),
    ForAdministrators("PATCH", ONE, "Change a team", update_team),
    ForAdministrators("DELETE", ONE, "Dissolve a team", delete_team),
    ForStaff("GET", MEMBERS, "Who belongs to a team", list_members),
    ForAdministrators("POST", MEMBERS, "Add people to a team", add_members),
    ForAdministrators("PATCH", MEMBERS, "Let exactly these people belong to a team", set_members),
    ForAdministrators("DELETE", MEMBERS, "Take people out of a team", remove_members),
]
