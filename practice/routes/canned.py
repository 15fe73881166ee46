"""Routes: canned responses."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect.library import canned
from practice.routes.call import StaffCall, answer, empty
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import library
from practice.store.rows import Canned, Json

CANNED = f"{ACCOUNT}/canned_responses"
ONE = CANNED + "/{canned_id:int}"


def list_canned(call: StaffCall) -> Response:
    """Canned responses, all or those that hold a text."""
    return answer([canned(row) for row in library.canned(call.desk.db, call.params.text("search"))])


def _asked(call: StaffCall) -> Canned:
    row = library.canned_response(call.desk.db, call.path["canned_id"])
    if row is None:
        raise errors.not_found()
    return row


def _columns(call: StaffCall, known: Canned | None) -> Json:
    """What is to be set; raises ``ApiError`` for what is blank or a short code in use."""
    given = call.params.nested("canned_response") if "canned_response" in call.params else call.params
    columns: Json = {}
    for name in ("short_code", "content"):
        if known is None or name in given:
            columns[name] = given.text(name).strip()
            if not columns[name]:
                raise errors.invalid(f"{name.replace('_', ' ').capitalize()} can't be blank", name)
    owner = library.canned_by_code(call.desk.db, columns.get("short_code", ""))
    if owner is not None and owner != known:
        raise errors.invalid("Short code has already been taken", "short_code")
    return columns


def create_canned(call: StaffCall) -> Response:
    """A new canned response."""
    columns = _columns(call, None)
    with call.desk.change(call.user) as change:
        times = {"created_at": change.now, "updated_at": change.now}
        made = library.canned_response(
            call.desk.db, change.db.insert("canned_responses", {**columns, **times})
        )
    return answer(canned(made) if made else None)


def update_canned(call: StaffCall) -> Response:
    """Write a canned response anew."""
    row = _asked(call)
    columns = _columns(call, row)
    with call.desk.change(call.user) as change:
        change.db.update("canned_responses", row.id, {**columns, "updated_at": change.now})
    return answer(canned(_asked(call)))


def delete_canned(call: StaffCall) -> Response:
    """Throw a canned response away."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        change.db.run("DELETE FROM canned_responses WHERE id = ?", (row.id,))
    return empty()


ROUTES: list[Served] = [
    ForStaff("GET", CANNED, "Canned responses, or those that hold a text", list_canned),
    ForStaff("POST", CANNED, "A new canned response", create_canned),
    ForStaff("PUT", ONE, "Write a canned response anew", update_canned),
    ForStaff("PATCH", ONE, "Write a canned response anew", update_canned),
    ForStaff("DELETE", ONE, "Throw a canned response away", delete_canned),
]
