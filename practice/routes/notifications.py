"""Routes: what the caller is notified of, and what they want to be told."""

from __future__ import annotations

from starlette.responses import Response

from practice.changes import notifying
from practice.dialect import errors
from practice.dialect.notifications import DATABASE_ID, notification, raw_notification
from practice.routes.call import StaffCall, answer, empty, page_of
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import notifications
from practice.store.notifications import FLAGS, Notification
from practice.store.rows import Json

PATH = f"{ACCOUNT}/notifications"
ONE = PATH + "/{notification_id:int}"
SETTINGS = f"{ACCOUNT}/notification_settings"


def list_notifications(call: StaffCall) -> Response:
    """A page of notifications: unread and not put off, unless more is asked for."""
    wanted = call.params.texts("includes")
    read, snoozed = "read" in wanted, "snoozed" in wanted
    rows = notifications.listed(
        call.desk.db,
        call.user.id,
        read=read,
        snoozed=snoozed,
        ascending=call.params.text("sort_order") == "asc",
        page=call.params.page,
    )
    meta = {
        "unread_count": notifications.unread_count(call.desk.db, call.user.id),
        "count": notifications.count(call.desk.db, call.user.id, read=read, snoozed=snoozed),
        "current_page": page_of(call),
    }
    return answer({"data": {"meta": meta, "payload": [notification(call.desk, row) for row in rows]}})


def count_unread(call: StaffCall) -> Response:
    """How many are unread, as a bare number."""
    return answer(notifications.unread_count(call.desk.db, call.user.id))


def read_all(call: StaffCall) -> Response:
    """Mark all read, or those of one conversation by its database id."""
    about = call.params.integer("primary_actor_id")
    with call.desk.change(call.user) as change:
        notifying.read_all(change, call.user, about - DATABASE_ID if about is not None else None)
    return empty()


def _asked(call: StaffCall) -> Notification:
    row = notifications.notification(call.desk.db, call.path["notification_id"])
    if row is None or row.user_id != call.user.id:
        raise errors.not_found()
    return row


def _changed(call: StaffCall, row: Notification, **columns: float | None) -> Response:
    with call.desk.change(call.user) as change:
        notifying.set_columns(change, row, **columns)
    return answer(raw_notification(_asked(call)))


def mark_read(call: StaffCall) -> Response:
    """Mark one read."""
    return _changed(call, _asked(call), read_at=call.desk.clock.now())


def mark_unread(call: StaffCall) -> Response:
    """Mark one unread."""
    return _changed(call, _asked(call), read_at=None)


def snooze(call: StaffCall) -> Response:
    """Put one off until a time; without one, bring it back."""
    return _changed(call, _asked(call), snoozed_until=call.params.seconds("snoozed_until"))


def delete_notification(call: StaffCall) -> Response:
    """Forget one."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        notifying.take_back(change, row)
    return empty()


def delete_all(call: StaffCall) -> Response:
    """Forget those that were read, or all; nobody is told of it."""
    only_read = " AND read_at IS NOT NULL" if call.params.text("type") == "read" else ""
    with call.desk.change(call.user) as change:
        change.db.run(f"DELETE FROM notifications WHERE user_id = ?{only_read}", (call.user.id,))  # noqa: S608  ours
    return empty()


def show_settings(call: StaffCall) -> Response:
    """What the caller wants to be told of."""
    found = notifications.settings(call.desk.db, call.user.id)
    settings: Json = {
        "id": call.user.id,
        "user_id": call.user.id,
        "account_id": call.path["account_id"],
        "all_email_flags": [flag for flag in FLAGS if flag.startswith("email")],
        "selected_email_flags": found.email_flags,
        "all_push_flags": [flag for flag in FLAGS if flag.startswith("push")],
        "selected_push_flags": found.push_flags,
    }
    return answer(settings)


def set_settings(call: StaffCall) -> Response:
    """Choose what to be told of; unknown flags are passed over."""
    given = call.params.nested("notification_settings")
    row: Json = {"user_id": call.user.id}
    for way in ("email", "push"):
        row[f"{way}_flags"] = [flag for flag in given.texts(f"selected_{way}_flags") if flag in FLAGS]
    with call.desk.change(call.user) as change:
        change.db.run("DELETE FROM notification_settings WHERE user_id = ?", (call.user.id,))
        change.db.insert("notification_settings", row)
    return show_settings(call)


ROUTES: list[Served] = [
    ForStaff("GET", PATH, "A page of the caller's notifications", list_notifications),
    ForStaff("GET", f"{PATH}/unread_count", "How many are unread", count_unread),
    ForStaff("POST", f"{PATH}/read_all", "Mark all read, or those of one conversation", read_all),
    ForStaff("POST", f"{PATH}/destroy_all", "Forget those that were read, or all", delete_all),
    ForStaff("PATCH", ONE, "Mark one read", mark_read),
    ForStaff("POST", f"{ONE}/unread", "Mark one unread", mark_unread),
    ForStaff("POST", f"{ONE}/snooze", "Put one off", snooze),
    ForStaff("DELETE", ONE, "Forget one", delete_notification),
    ForStaff("GET", SETTINGS, "What the caller wants to be told of", show_settings),
    ForStaff("PUT", SETTINGS, "Choose what to be told of", set_settings),
]
