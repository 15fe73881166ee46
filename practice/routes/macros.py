"""Routes: macros: several steps with one key."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from practice.changes import bulk
from practice.dialect import errors
from practice.dialect.people import agent
from practice.routes.call import StaffCall, answer, empty
from practice.routes.conversations import may_open
from practice.routes.files import blobs
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import conversations, macros, people
from practice.store.macros import Macro
from practice.store.rows import Json
from practice.store.seed import ACCOUNT_ID

MACROS = f"{ACCOUNT}/macros"
ONE = MACROS + "/{macro_id:int}"


class Step(msgspec.Struct):
    """One step as a program sends it."""

    action_name: str
    action_params: list[Any] = msgspec.field(default_factory=list)


def _asked(call: StaffCall) -> Macro:
    row = macros.macro(call.desk.db, call.user, call.path["macro_id"])
    if row is None:
        raise errors.not_found()
    return row


def _shown(call: StaffCall, row: Macro) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "visibility": row.visibility,
        "created_by": _person(call, row.created_by),
        "updated_by": _person(call, row.updated_by),
        "account_id": ACCOUNT_ID,
        "actions": row.actions,
    }


def _person(call: StaffCall, user_id: int) -> Json | None:
    user = people.user(call.desk.db, user_id)
    return agent(user, call.desk.presence.status_of(user)) if user else None


def list_macros(call: StaffCall) -> Response:
    """The account's macros and the caller's own."""
    return answer({"payload": [_shown(call, row) for row in macros.visible(call.desk.db, call.user)]})


def show_macro(call: StaffCall) -> Response:
    """One macro."""
    return answer({"payload": _shown(call, _asked(call))})


def _columns(call: StaffCall) -> Json:
    given = call.params.nested("macro") if "macro" in call.params else call.params
    columns: Json = {"updated_by": call.user.id, "updated_at": call.desk.clock.now()}
    if given.text("name").strip():
        columns["name"] = given.text("name").strip()
    if given.text("visibility") in {"global", "personal"}:
        columns["visibility"] = _allowed(call, given.text("visibility"))
    if "actions" in given:
        columns["actions"] = _steps(given.values["actions"])
    return columns


def _allowed(call: StaffCall, visibility: str) -> str:
    """An agent's macros stay their own; only leads make them for everybody."""
    return visibility if call.user.is_administrator else "personal"


def _steps(given: Any) -> list[Json]:
    try:
        steps = msgspec.convert(given, list[Step])
    except msgspec.ValidationError as error:
        raise errors.unprocessable(f"Validation failed: Actions are not understood: {error}") from error
    unknown = [step.action_name for step in steps if step.action_name not in bulk.ACTIONS]
    if unknown:
        raise errors.invalid(
            f"Actions Macro execution actions {', '.join(unknown)} not supported.", "actions"
        )
    found: list[Json] = msgspec.to_builtins(steps)
    return found


def create_macro(call: StaffCall) -> Response:
    """A new macro."""
    columns = _columns(call)
    if "name" not in columns:
        raise errors.invalid("Name can't be blank", "name")
    row = {"visibility": "personal", "actions": [], "created_by": call.user.id, **columns}
    with call.desk.change(call.user) as change:
        made = change.db.insert("macros", {**row, "created_at": change.now})
    found = macros.macro(call.desk.db, call.user, made)
    return answer({"payload": _shown(call, found) if found else None})


def _own(call: StaffCall) -> Macro:
    """The macro, if the caller may change it."""
    row = _asked(call)
    if row.created_by != call.user.id and not call.user.is_administrator:
        raise errors.forbidden()
    return row


def update_macro(call: StaffCall) -> Response:
    """Change a macro."""
    row, columns = _own(call), _columns(call)
    with call.desk.change(call.user) as change:
        change.db.update("macros", row.id, columns)
    return show_macro(call)


def delete_macro(call: StaffCall) -> Response:
    """Throw a macro away."""
    row = _own(call)
    with call.desk.change(call.user) as change:
        change.db.run("DELETE FROM macros WHERE id = ?", (row.id,))
    return empty()


def execute_macro(call: StaffCall) -> Response:
    """Do a macro's steps in conversations; those the caller may not open are passed over."""
    macro = _asked(call)
    for number in call.params.integers("conversation_ids"):
        row = conversations.conversation(call.desk.db, number)
        if row is not None and may_open(call, row):
            for step in macro.actions:
                _perform(call, row.id, step)
    return empty()


def _perform(call: StaffCall, conversation_id: int, step: Json) -> None:
    name, given = step["action_name"], step["action_params"]
    if name == "send_attachment":
        given = blobs(call, [str(key) for key in given])
    with call.desk.change(call.user) as change:
        bulk.perform(change, conversation_id, name, given)


ROUTES: list[Served] = [
    ForStaff("GET", MACROS, "Macros of the account and the caller's own", list_macros),
    ForStaff("POST", MACROS, "A new macro; an agent's is their own", create_macro),
    ForStaff("GET", ONE, "One macro", show_macro),
    ForStaff("PUT", ONE, "Change a macro", update_macro),
    ForStaff("PATCH", ONE, "Change a macro", update_macro),
    ForStaff("DELETE", ONE, "Throw a macro away", delete_macro),
    ForStaff("POST", f"{ONE}/execute", "Do a macro's steps in conversations", execute_macro),
]
