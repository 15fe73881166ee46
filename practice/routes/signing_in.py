"""Routes: is this a desk, sign in and out, profile and availability."""

from __future__ import annotations

import time

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect.people import profile
from practice.dialect.times import iso, plain
from practice.routes.call import Call, StaffCall, answer, caller, empty, json_response
from practice.routes.served import ACCOUNT, ForAnyone, ForStaff, Served
from practice.second_step import code_fits
from practice.store import people
from practice.store.rows import Json, User
from practice.tokens import password_matches, token_hash

VERSION = "4.15.1"
"""The Chatwoot release whose behaviour is followed."""
SESSION_SECONDS = 60 * 24 * 3600.0
CODE_SECONDS = 15 * 60.0
"""How long after the password a code is taken."""
OWN_TEXTS = ("name", "display_name")
AVAILABILITIES = ("online", "busy", "offline")


def version(call: Call) -> Response:
    """Which server this is."""
    at = plain(call.desk.clock.now())
    return answer({"version": VERSION, "timestamp": at, "queue_services": "ok", "data_services": "ok"})


def health(_: Call) -> Response:
    """Whether the server answers."""
    return answer({"status": "woot"})


def sign_in(call: Call) -> Response:
    """Sign in by e-mail address and password; the session stands in the headers.

    Whoever has a second step gets a 206 and a token, and calls again with that and a code.
    """
    if "mfa_token" in call.params:
        return second_step(call)
    user = people.user_by_email(call.desk.db, call.params.text("email"))
    if user is None or not password_matches(call.params.text("password"), user.password_hash):
        raise errors.bad_login()
    if user.code_secret:
        return json_response(206, {"mfa_required": True, "mfa_token": _half_signed_in(call, user)})
    return answer({"data": _profile(call, user)}, _new_session(call, user))


def _half_signed_in(call: Call, user: User) -> str:
    token = call.desk.tokens.token("half sign-in")
    until = call.desk.clock.now() + CODE_SECONDS
    with call.desk.db.transaction():
        call.desk.db.run("INSERT INTO half_sign_ins VALUES (?, ?, ?)", (token_hash(token), user.id, until))
    return token


def second_step(call: Call) -> Response:
    """Finish signing in with a code, of an app or a backup code; each serves once."""
    begun = token_hash(call.params.text("mfa_token"))
    user = people.user_half_signed_in(call.desk.db, begun, call.desk.clock.now())
    if user is None:
        raise errors.late_code()
    backup = call.params.text("backup_code").strip()
    # An app on somebody's phone goes by real time, whatever time the desk has.
    if backup not in user.backup_codes and not code_fits(
        user.code_secret, call.params.text("otp_code"), time.time()
    ):
        raise errors.wrong_code()
    left = [code for code in user.backup_codes if code != backup]
    with call.desk.db.transaction():
        call.desk.db.run("DELETE FROM half_sign_ins WHERE token_hash = ?", (begun,))
        call.desk.db.update("users", user.id, {"backup_codes": left})
    return answer({"data": _profile(call, user)}, _new_session(call, user))


def _new_session(call: Call, user: User) -> dict[str, str]:
    tokens, expires_at = call.desk.tokens, call.desk.clock.now() + SESSION_SECONDS
    token, client = tokens.token("session"), tokens.token("client")
    row = {"client": client, "token_hash": token_hash(token), "user_id": user.id, "expires_at": expires_at}
    with call.desk.db.transaction():
        call.desk.db.insert("sessions", row)
        call.desk.db.update("users", user.id, {"active_at": call.desk.clock.now()})
    return {
        "access-token": token,
        "token-type": "Bearer",
        "client": client,
        "expiry": str(int(expires_at)),
        "uid": user.email,
    }


def _profile(call: Call, user: User) -> Json:
    return profile(user, people.account(call.desk.db), call.desk.presence.status_of(user))


def validate_token(call: Call) -> Response:
    """Whether a session still holds."""
    user = caller(call.desk, call.headers)
    data = {**_profile(call, user), "created_at": iso(user.created_at)}
    return answer({"payload": {"success": True, "data": data}})


def sign_out(call: Call) -> Response:
    """End a session."""
    caller(call.desk, call.headers)
    with call.desk.db.transaction():
        call.desk.db.run("DELETE FROM sessions WHERE client = ?", (call.headers.get("client", ""),))
    return answer({"success": True})


def show_profile(call: StaffCall) -> Response:
    """The signed-in user."""
    return answer(_profile(call, call.user))


def set_availability(call: StaffCall) -> Response:
    """Choose how available one is."""
    chosen = call.params.nested("profile").text("availability")
    if chosen not in AVAILABILITIES:
        raise errors.unprocessable(f"'{chosen}' is not a valid availability")
    return _changed_profile(call, {"availability": chosen})


def set_auto_offline(call: StaffCall) -> Response:
    """Choose whether one goes offline without a cable."""
    return _changed_profile(call, {"auto_offline": call.params.nested("profile").flag("auto_offline")})


def update_profile(call: StaffCall) -> Response:
    """Change one's own name, signature or settings."""
    given = call.params.nested("profile") if "profile" in call.params else call.params
    columns: Json = {name: given.text(name).strip() for name in OWN_TEXTS if given.text(name).strip()}
    if "message_signature" in given:
        columns["message_signature"] = given.text("message_signature") or None
    if "ui_settings" in given:
        columns["ui_settings"] = {**call.user.ui_settings, **given.mapping("ui_settings")}
    return _changed_profile(call, columns or {"name": call.user.name})


def be_active(call: StaffCall) -> Response:
    """Note that the caller works in this account now."""
    with call.desk.db.transaction():
        call.desk.db.update("users", call.user.id, {"active_at": call.desk.clock.now()})
    return empty()


def _changed_profile(call: StaffCall, columns: Json) -> Response:
    with call.desk.db.transaction():
        call.desk.db.update("users", call.user.id, columns)
    return answer(_profile(call, people.user(call.desk.db, call.user.id) or call.user))


ROUTES: list[Served] = [
    ForAnyone("GET", "/api", "Version of the dialect and the desk's time", version),
    ForAnyone("GET", "/health", "Whether the desk answers", health),
    ForAnyone("POST", "/auth/sign_in", "Sign in by e-mail and password", sign_in),
    ForAnyone("GET", "/auth/validate_token", "Whether a session still holds", validate_token),
    ForAnyone("DELETE", "/auth/sign_out", "End a session", sign_out),
    ForStaff("GET", "/api/v1/profile", "The signed-in user, with both tokens", show_profile),
    ForStaff("PUT", "/api/v1/profile", "Change one's own name, signature or settings", update_profile),
    ForStaff("PUT", "/api/v1/profile/set_active_account", "Work in this account", be_active),
    ForStaff("POST", f"{ACCOUNT}/update_active_at", "Work in this account", be_active),
    ForStaff("POST", "/api/v1/profile/availability", "Choose online, busy or offline", set_availability),
    ForStaff(
        "POST",
        "/api/v1/profile/auto_offline",
        "Choose whether to go offline without a cable",
        set_auto_offline,
    ),
]
