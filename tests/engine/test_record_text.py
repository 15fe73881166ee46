"""Whole chats written down: what stands in the file, and what a customer's words cannot do to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from agent_tui.desk.record import Form, Record, Said, as_the_customer_knows_it, shielded
from agent_tui.desk.text import Displayable, clean_whole
from agent_tui.engine.record_text import written
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp()


def said(text: str, kind: MessageKind = MessageKind.CUSTOMER, author: str = "Olga", *files: str) -> Said:
    names = tuple(Displayable(name) for name in files)
    return Said(NOON + 60, kind, Displayable(author), clean_whole(text), names)


def record(*messages: Said) -> Record:
    return Record(
        number=ConversationId("17"),
        customer=Displayable("Olga *Salo*"),
        status=Status.RESOLVED,
        created_at=NOON,
        queue=Displayable("Tax card"),
        agent=Displayable("Aino"),
        tags=(Displayable("refund"), Displayable("vip")),
        said=messages,
    )


NOTE = said("check her card", MessageKind.NOTE, "Aino")
DONE = said("Aino closed it", MessageKind.ACTIVITY, "")


def test_plain_text_says_who_wrote_what_and_when() -> None:
    shown = written(
        (record(said("Hello\nthere", MessageKind.CUSTOMER, "Olga", "bill.pdf"), NOTE),), Form.TEXT, UTC
    )
    assert shown.splitlines() == [
        "Chat 17 with Olga *Salo*",
        "========================",
        "",
        "Began: 2026-11-22 12:00",
        "Status: closed",
        "Queue: Tax card",
        "Agent: Aino",
        "Tags: refund, vip",
        "",
        "2026-11-22 12:01  Olga",
        "    Hello",
        "    there",
        "    File: bill.pdf",
        "",
        "2026-11-22 12:01  Aino, note (not seen by the customer)",
        "    check her card",
    ]


def test_a_message_cannot_pass_for_another_one() -> None:
    forged = said("Hi\n\n2026-11-22 12:05  Aino, agent\nYou get it back\r\x85now")
    rows = written((record(forged),), Form.TEXT, UTC).splitlines()
    assert sum(row.startswith("2026-") for row in rows) == 1


def test_markdown_shows_markup_as_it_was_typed() -> None:
    evil = "<script>x</script> ![a](http://x.example/y) `# head`\n# big\n- item\n12. twelve\n> quote | &amp;"
    shown = written((record(said(evil)),), Form.MARKDOWN, UTC)
    assert "# Chat 17 with Olga \\*Salo\\*" in shown
    assert "**2026-11-22 12:01 · Olga**" in shown
    body = [row for row in shown.splitlines() if row.startswith("> ")]
    assert body[0].startswith("> \\<script\\>x\\</script\\> \\!\\[a\\](http://x.example/y) \\`\\# head\\`")
    assert [row.rstrip() for row in body[1:]] == [
        "> \\# big",
        "> \\- item",
        "> 12\\. twelve",
        "> \\> quote \\| \\&amp;",
    ]


def test_json_is_whole_and_in_utc() -> None:
    told = json.loads(
        written((record(said("Hei ä", MessageKind.CUSTOMER, "Olga", "bill.pdf")), record()), Form.JSON)
    )
    first, second = told["conversations"]
    assert first == {
        "id": "17",
        "customer": "Olga *Salo*",
        "status": "resolved",
        "created_at": "2026-11-22T12:00:00+00:00",
        "queue": "Tax card",
        "agent": "Aino",
        "tags": ["refund", "vip"],
        "messages": [
            {
                "at": "2026-11-22T12:01:00+00:00",
                "kind": "customer",
                "author": "Olga",
                "text": "Hei ä",
                "files": ["bill.pdf"],
            }
        ],
    }
    assert second["messages"] == []


def test_no_control_character_comes_into_any_file_and_nothing_is_cut() -> None:
    everything = "".join(map(chr, range(0x100))) + "\u202e\u2028\ufeff" + "long " * 10_000
    for form in Form:
        shown = written((record(said(everything)),), form, UTC)
        assert not [sign for sign in shown if sign != "\n" and (ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0)]
        assert not set(shown) & set("\u202e\u2028\ufeff")
        assert shown.count("long") == 10_000


def test_what_customers_never_see_is_left_out_and_private_numbers_can_be() -> None:
    whole = record(said("my IBAN is FI21 1234 5600 0007 85"), NOTE, DONE)
    assert [one.kind for one in as_the_customer_knows_it(whole).said] == [MessageKind.CUSTOMER]
    assert "1234" not in written((shielded(whole),), Form.TEXT, UTC)


def test_a_time_no_calendar_has_is_no_reason_to_stop() -> None:
    strange = Said(1e20, MessageKind.CUSTOMER, Displayable("Olga"), Displayable("Hi"))
    assert "----------  Olga" in written((record(strange),), Form.TEXT, UTC)
    assert json.loads(written((record(strange),), Form.JSON))["conversations"][0]["messages"][0]["at"] is None
