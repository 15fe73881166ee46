"""Whole chats written down, as Markdown, as plain text, as JSON. Pure.

What a customer wrote cannot pass for anything else in it: not for another message, not for markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, assert_never

from agent_tui.desk.record import Form, Record, Said
from agent_tui.desk.text import Displayable
from agent_tui.wording import say
from api_client.models.conversation import Status
from api_client.models.message import MessageKind

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#|~&!]")
_BEGINS_A_LIST: Final = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])", re.MULTILINE)


def written(records: Sequence[Record], form: Form, zone: tzinfo | None = None) -> str:
    """The chats, one after the other. Times are those of ``zone`` (``None``: the machine's own)."""
    match form:
        case Form.JSON:
            told = {"conversations": [_as_data(record) for record in records]}
            return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        case Form.MARKDOWN:
            return "\n".join(part for record in records for part in _as_markdown(record, zone))
        case Form.TEXT:
            return "\n".join(part for record in records for part in _as_text(record, zone))
        case _:
            assert_never(form)


def _as_text(record: Record, zone: tzinfo | None) -> Iterator[str]:
    title = _title(record)
    yield f"{title}\n{'=' * len(title)}\n"
    yield "".join(f"{name}: {value}\n" for name, value in _about(record, zone))
    for said in record.said:
        body = "".join(f"    {row}".rstrip() + "\n" for row in _rows(said))
        yield f"{_moment(said.at, zone)}  {_speaker(said)}\n{body}"


def _as_markdown(record: Record, zone: tzinfo | None) -> Iterator[str]:
    yield f"# {_plain(_title(record))}\n"
    yield "".join(f"- {name}: {_plain(value)}\n" for name, value in _about(record, zone))
    for said in record.said:
        body = "".join(f"> {_plain(row)}".rstrip() + "  \n" for row in _rows(said))
        yield f"**{_moment(said.at, zone)} · {_plain(_speaker(said))}**\n\n{body}"


def _rows(said: Said) -> list[str]:
    return [*(said.text.split("\n") if said.text else []), *map(_file, said.files)]


def _plain(text: str) -> str:
    """Markdown that shows ``text`` as it is."""
    escaped = _MARKUP.sub(lambda found: f"\\{found[0]}", text)
    return _BEGINS_A_LIST.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def _title(record: Record) -> Displayable:
    return say("Chat {number} with {customer}", number=Displayable(record.number), customer=record.customer)


def _about(record: Record, zone: tzinfo | None) -> Iterator[tuple[Displayable, str]]:
    yield say("Began"), _moment(record.created_at, zone)
    yield say("Status"), status_words(record.status)
    if record.queue:
        yield say("Queue"), record.queue
    if record.agent:
        yield say("Agent"), record.agent
    if record.tags:
        yield say("Tags"), ", ".join(record.tags)


def status_words(status: Status) -> Displayable:
    """How a conversation stands, in a word."""
    words = {
        Status.OPEN: say("open"),
        Status.PENDING: say("with the bot"),
        Status.SNOOZED: say("asleep"),
        Status.RESOLVED: say("closed"),
    }
    return words[status]


def _speaker(said: Said) -> Displayable:
    match said.kind:
        case MessageKind.CUSTOMER:
            return said.author or say("Customer")
        case MessageKind.AGENT:
            return say("{author}, agent", author=said.author or say("Colleague"))
        case MessageKind.NOTE:
            return say("{author}, note (not seen by the customer)", author=said.author or say("Colleague"))
        case MessageKind.AUTOMATIC | MessageKind.UNKNOWN:
            return say("Automatic message")
        case MessageKind.ACTIVITY:
            return say("What happened")
        case _:
            assert_never(said.kind)


def _file(name: Displayable) -> Displayable:
    return say("File: {name}", name=name)


def _as_data(record: Record) -> dict[str, Any]:
    return {
        "id": record.number,
        "customer": record.customer,
        "status": record.status.value,
        "created_at": _utc(record.created_at),
        "queue": record.queue,
        "agent": record.agent,
        "tags": list(record.tags),
        "messages": [
            {
                "at": _utc(said.at),
                "kind": said.kind.value,
                "author": said.author,
                "text": said.text,
                "files": list(said.files),
            }
            for said in record.said
        ],
    }


def _utc(at: float) -> str | None:
    moment = _date(at)
    return None if moment is None else moment.isoformat(timespec="seconds")


def _moment(at: float, zone: tzinfo | None) -> str:
    moment = _date(at)
    return "----------" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _date(at: float) -> datetime | None:
    """``None`` for a time no calendar has."""
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return None
