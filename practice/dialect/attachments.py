"""Attachments on the wire: the same in REST and as pushed."""

from __future__ import annotations

from urllib.parse import quote

from practice.dialect.context import Context
from practice.filetypes import SHOWN
from practice.store import attachments
from practice.store.rows import Attachment, Json, Message
from practice.store.seed import ACCOUNT_ID

BLOBS = "/rails/active_storage/blobs/redirect"
"""Addresses below this answer with a redirect to the file."""


def address(desk: Context, row: Attachment) -> str:
    """Where a file is; its key is the secret that opens it, its name is for people."""
    return f"{desk.url}{BLOBS}/{row.key}/{quote(row.name, safe='')}"


def attachment(desk: Context, row: Attachment) -> Json:
    """One attachment. The desk does not look into pictures, so their size in pixels is null."""
    url = address(desk, row)
    return {
        "id": row.id,
        "message_id": row.message_id,
        "file_type": row.file_type,
        "account_id": ACCOUNT_ID,
        "extension": row.name.rpartition(".")[2].lower() if "." in row.name else None,
        "content_type": row.content_type,
        "data_url": url,
        "thumb_url": url if row.content_type in SHOWN else "",
        "file_size": row.size,
        "width": None,
        "height": None,
    }


def attachments_of(desk: Context, row: Message) -> list[Json] | None:
    """A message's attachments; ``None`` when it has none, since the key is left out then."""
    found = attachments.of_message(desk.db, row.id)
    return [attachment(desk, one) for one in found] or None
