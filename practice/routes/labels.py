"""Routes: the account's labels."""

from __future__ import annotations

import re

from starlette.responses import Response

from practice.changes import account
from practice.dialect import errors
from practice.dialect.library import label
from practice.routes.call import StaffCall, answer, empty
from practice.routes.served import ACCOUNT, ForAdministrators, ForStaff, Served
from practice.store import library
from practice.store.rows import Json, Label

LABELS = f"{ACCOUNT}/labels"
ONE = LABELS + "/{label_id:int}"
TITLE = re.compile(r"[\w-]+")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def list_labels(call: StaffCall) -> Response:
    """All labels."""
    return answer({"payload": [label(row) for row in library.labels(call.desk.db)]})


def _asked(call: StaffCall) -> Label:
    row = library.label(call.desk.db, call.path["label_id"])
    if row is None:
        raise errors.not_found()
    return row


def show_label(call: StaffCall) -> Response:
    """One label."""
    return answer(label(_asked(call)))


def _columns(call: StaffCall, known: Label | None) -> Json:
    given = call.params.nested("label") if "label" in call.params else call.params
    columns: Json = {}
    if known is None or "title" in given:
        columns["title"] = _free_title(call, given.text("title").strip().lower(), known)
    if "description" in given:
        columns["description"] = given.text("description")
    if COLOR.fullmatch(given.text("color")):
        columns["color"] = given.text("color")
    if "show_on_sidebar" in given:
        columns["show_on_sidebar"] = given.flag("show_on_sidebar")
    return columns


def _free_title(call: StaffCall, title: str, known: Label | None) -> str:
    if not TITLE.fullmatch(title):
        raise errors.invalid("Title takes letters, digits, hyphens and underscores", "title")
    owner = next((row for row in library.labels(call.desk.db) if row.title == title), None)
    if owner is not None and owner != known:
        raise errors.invalid("Title has already been taken", "title")
    return title


def create_label(call: StaffCall) -> Response:
    """A new label."""
    columns = _columns(call, None)
    with call.desk.change(call.user) as change:
        made = library.label(call.desk.db, account.add_label(change, columns))
    return answer(label(made) if made else None)


def update_label(call: StaffCall) -> Response:
    """Change a label."""
    row = _asked(call)
    columns = _columns(call, row)
    with call.desk.change(call.user) as change:
        account.set_label(change, row, columns)
    return show_label(call)


def delete_label(call: StaffCall) -> Response:
    """Remove a label; conversations keep its title."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        account.remove_label(change, row)
    return empty()


ROUTES: list[Served] = [
    ForStaff("GET", LABELS, "The account's labels, by title", list_labels),
    ForAdministrators("POST", LABELS, "A new label", create_label),
    ForStaff("GET", ONE, "One label", show_label),
    ForAdministrators("PATCH", ONE, "Change a label", update_label),
    ForAdministrators("DELETE", ONE, "Remove a label", delete_label),
]
