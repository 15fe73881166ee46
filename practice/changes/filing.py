"""Files that come with messages: kept under a key of their own, named safely, typed by their bytes."""

from __future__ import annotations

import unicodedata

from practice.changes.records import Draft, Upload
from practice.desk import Change
from practice.filetypes import content_type_of, file_type_of
from practice.store import attachments
from practice.store.rows import Attachment, Message

LONGEST_NAME = 120


def safe_name(name: str) -> str:
    """The last part of ``name`` without anything that could steer a terminal, a path or a header."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " ")
    return kept.strip(" .")[-LONGEST_NAME:] or "file"


def file(change: Change, upload: Upload, message_id: int | None) -> Attachment:
    """Keep a file, for a message or ahead of one."""
    key, kind = change.desk.tokens.token("file"), content_type_of(upload.data)
    row = {
        "message_id": message_id,
        "key": key,
        "name": safe_name(upload.name),
        "content_type": kind,
        "file_type": file_type_of(kind),
        "size": len(upload.data),
        "created_at": change.now,
    }
    change.db.insert("attachments", row)
    change.written.append(key)
    change.desk.files.write(key, upload.data)
    found = attachments.by_key(change.db, key)
    if found is None:
        raise LookupError("the file was not kept")
    return found


def file_all(change: Change, message_id: int, draft: Draft) -> None:
    """Keep what a draft carries."""
    for upload in draft.files:
        file(change, upload, message_id)


def drop_files(change: Change, row: Message) -> None:
    """Forget a message's files."""
    change.dropped += [one.key for one in attachments.of_message(change.db, row.id)]
    change.db.run("DELETE FROM attachments WHERE message_id = ?", (row.id,))
