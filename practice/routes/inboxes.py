"""Routes: inboxes, who serves them, and how they work: greeting, opening hours, survey."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, ValidationError, convert, to_builtins
from starlette.responses import Response

from practice.changes import account
from practice.dialect import errors
from practice.dialect import people as dialect
from practice.queue_texts import set_for_all
from practice.routes.call import Params, StaffCall, answer
from practice.routes.served import ACCOUNT, ForAdministrators, ForStaff, Served
from practice.routes.staff import agents_of
from practice.store import people
from practice.store.rows import Inbox, Json

ONE = ACCOUNT + "/inboxes/{inbox_id:int}"
FLAGS = {
    "greeting_enabled": "greeting_enabled",
    "working_hours_enabled": "working_hours_enabled",
    "csat_survey_enabled": "survey_enabled",
    "enable_auto_assignment": "auto_assign",
}
TEXTS = {"greeting_message": "greetings", "out_of_office_message": "out_of_office"}
SURVEY = "How did it go? Please rate this conversation."

Hour = Annotated[int, Meta(ge=0, le=23)]
Minute = Annotated[int, Meta(ge=0, le=59)]


class Day(Struct, kw_only=True):
    """A day of the week as a program sends it."""

    day_of_week: Annotated[int, Meta(ge=0, le=6)]
    closed_all_day: bool = False
    open_all_day: bool = False
    open_hour: Hour | None = None
    open_minutes: Minute | None = None
    close_hour: Hour | None = None
    close_minutes: Minute | None = None

    def is_sound(self) -> bool:
        """Whether it is closed, open, or closes after it opens."""
        if self.closed_all_day or self.open_all_day:
            return True
        clock = (self.open_hour, self.open_minutes, self.close_hour, self.close_minutes)
        given = [number for number in clock if number is not None]
        return len(given) == len(clock) and given[:2] < given[2:]


def list_inboxes(call: StaffCall) -> Response:
    """The caller's inboxes."""
    return answer({"payload": [dialect.inbox(row) for row in people.inboxes(call.desk.db, call.user)]})


def _asked(call: StaffCall) -> Inbox:
    row = people.inbox(call.desk.db, call.path["inbox_id"])
    if row is None:
        raise errors.not_found()
    if not call.user.is_administrator and not people.is_inbox_member(call.desk.db, row.id, call.user.id):
        raise errors.forbidden()
    return row


def show_inbox(call: StaffCall) -> Response:
    """One inbox."""
    return answer(dialect.inbox(_asked(call)))


def list_members(call: StaffCall) -> Response:
    """Who serves an inbox."""
    return answer({"payload": agents_of(call, people.inbox_members(call.desk.db, _asked(call).id))})


def update_inbox(call: StaffCall) -> Response:
    """Change how an inbox works; a text given here is for all languages."""
    row = _asked(call)
    columns = _columns(call.params, row)
    with call.desk.change(call.user) as change:
        account.set_inbox(change, row, columns)
    return show_inbox(call)


def _columns(given: Params, row: Inbox) -> Json:
    columns: Json = {column: given.flag(name) for name, column in FLAGS.items() if name in given}
    columns |= {
        column: set_for_all(getattr(row, column), given.text(name))
        for name, column in TEXTS.items()
        if name in given
    }
    if given.text("name").strip():
        columns["name"] = given.text("name").strip()
    if "timezone" in given:
        columns["timezone"] = _zone(given.text("timezone"))
    if "working_hours" in given:
        columns["working_hours"] = _week(given.values["working_hours"], row)
    if columns.get("survey_enabled") and not row.surveys:
        columns["surveys"] = set_for_all({}, SURVEY)
    return columns


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise errors.unprocessable(f"'{name}' is not a valid timezone") from None
    return name


def _week(given: Any, row: Inbox) -> list[Json]:
    """The week with the days that were given in place of those there were."""
    try:
        days = convert(given, list[Day])
    except ValidationError as error:
        raise errors.unprocessable(f"Validation failed: {error}") from error
    if not all(day.is_sound() for day in days):
        raise errors.unprocessable("Validation failed: Close hour must be after open hour")
    week = {day["day_of_week"]: day for day in row.working_hours}
    return list((week | {day.day_of_week: to_builtins(day) for day in days}).values())


ROUTES: list[Served] = [
    ForStaff(
        "GET", f"{ACCOUNT}/inboxes", "The caller's inboxes; all of them for administrators", list_inboxes
    ),
    ForStaff("GET", ONE, "One inbox", show_inbox),
    ForAdministrators("PATCH", ONE, "Change greeting, opening hours, survey, assignment", update_inbox),
    ForStaff("GET", f"{ACCOUNT}/inbox_members/{{inbox_id:int}}", "Who serves an inbox", list_members),
]
