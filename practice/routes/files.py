"""Routes: files, served so that no browser runs or renders them, and uploaded ahead of their message."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from practice.changes.filing import file
from practice.changes.records import Upload
from practice.dialect import errors
from practice.dialect.attachments import BLOBS, address, attachment
from practice.dialect.messages import sender
from practice.dialect.times import epoch
from practice.filetypes import PLAIN, SHOWN
from practice.routes.call import Call, StaffCall, answer
from practice.routes.conversations import conversation_of
from practice.routes.served import ACCOUNT, CONVERSATION, ForAnyone, ForStaff, Served
from practice.store import attachments, messages
from practice.store.rows import Attachment, Json

DISK = "/rails/active_storage/disk"


def _asked(call: Call) -> Attachment:
    row = attachments.by_key(call.desk.db, call.path["key"])
    if row is None:
        raise errors.no_route()
    return row


def find_file(call: Call) -> Response:
    """Where the file is: a redirect, as the real server answers."""
    row = _asked(call)
    return RedirectResponse(f"{DISK}/{row.key}/{quote(row.name, safe='')}", 302)


def show_file(call: Call) -> Response:
    """The file's bytes, to be saved unless they are a picture of a kind that cannot hold a program."""
    row = _asked(call)
    try:
        data = call.desk.files.read(row.key)
    except LookupError:
        raise errors.no_route() from None
    how = "inline" if row.content_type in SHOWN else "attachment"
    kind = "text/plain; charset=utf-8" if row.content_type == PLAIN else row.content_type
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(row.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    return Response(data, 200, headers, media_type=kind)


def uploads_of(call: Call) -> list[Upload]:
    """The files of a message to be: those in the form, and those uploaded before, by their blob ids."""
    return [*call.params.files("attachments"), *blobs(call, call.params.texts("attachments"))]


def blobs(call: Call, keys: list[str]) -> list[Upload]:
    """Files that were uploaded before; unknown ids are passed over."""
    rows = (attachments.by_key(call.desk.db, key) for key in keys)
    return [Upload(row.name, call.desk.files.read(row.key)) for row in rows if row and row.message_id is None]


def upload(call: StaffCall) -> Response:
    """Keep a file ahead of the message, macro or article that uses it."""
    given = call.params.files("attachment")
    if not given:
        raise errors.unprocessable("No file or URL provided")
    with call.desk.change(call.user) as change:
        row = file(change, given[0], None)
    return answer({"file_url": address(call.desk, row), "blob_id": row.key})


def list_attachments(call: StaffCall) -> Response:
    """A page of the conversation's attachments."""
    row = conversation_of(call)
    found, count = attachments.of_conversation(call.desk.db, row.id, call.params.page)
    payload = [_shown(call, one) for one in found]
    return answer({"meta": {"total_count": count}, "payload": payload})


def _shown(call: StaffCall, row: Attachment) -> Json:
    its_sender = sender(call.desk, messages.message(call.desk.db, row.message_id or 0))
    return {**attachment(call.desk, row), "created_at": epoch(row.created_at), "sender": its_sender}


ROUTES: list[Served] = [
    ForAnyone("GET", f"{BLOBS}/{{key}}/{{name}}", "Where a file is", find_file),
    ForAnyone("GET", f"{DISK}/{{key}}/{{name}}", "A file", show_file),
    ForStaff("POST", f"{ACCOUNT}/upload", "Upload a file ahead of its message", upload),
    ForStaff("GET", f"{CONVERSATION}/attachments", "A page of the conversation's files", list_attachments),
]
