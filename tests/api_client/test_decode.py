"""Conversations, messages and people out of Chatwoot's two forms of JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from api_client.chatwoot import answers, decode
from api_client.chatwoot.answers import Portal
from api_client.chatwoot.reading import integer, load, moment, text
from api_client.errors import BadAnswer, NotAllowed
from api_client.models.conversation import AssigneeFilter, ConversationQuery, Priority, Status
from api_client.models.identity import ConversationId
from api_client.models.message import Attachment, Author, AuthorKind, Delivery, MessageKind
from api_client.models.people import AgentRef, Availability, QueueKind, Role

Row = dict[str, Any]
MakeRow = Callable[..., Row]
JSON = msgspec.json.encode


@pytest.mark.parametrize(
    ("told", "moment_told"),
    [
        (1781946123, 1781946123.0),
        (1781946123.4471, 1781946123.4471),
        ("1781946123", 1781946123.0),
        ("2026-06-20T09:02:03.000Z", 1781946123.0),
        ("2026-06-20T11:02:03.500+02:00", 1781946123.5),
        ("2026-06-20T09:02:03", 1781946123.0),
        (0, None),
        (0.0, None),
        (None, None),
        ("", None),
        ("yesterday", None),
        (True, None),
        ([], None),
        ({}, None),
    ],
)
def test_times_are_read_in_every_unit_the_server_uses(told: Any, moment_told: float | None) -> None:
    assert moment(told) == moment_told


@pytest.mark.parametrize(
    ("told", "number"),
    [(7, 7), ("7", 7), (7.0, 7), (7.5, None), ("x", None), (None, None), (True, None), (10**400, 10**400)],
)
def test_whole_numbers_are_read_from_text_too(told: Any, number: int | None) -> None:
    assert integer(told) == number


def test_half_an_emoji_is_replaced_and_a_whole_one_kept() -> None:
    assert text(load('"cut \\ud83d here 🧾"')) == "cut \ufffd here 🧾"
    assert text("\ud83e\uddfe") == "🧾"


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"[" * 200_000, b"1" * 5000, b"\xff\xfe", b"nul"])
def test_what_is_not_json_is_a_bad_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        load(body)


def test_a_conversation_is_read_from_an_answer(conversation_row: MakeRow) -> None:
    found = decode.conversation(conversation_row())
    assert (found.id, found.queue, found.inbox) == ("17", "team:3", "inbox:2")
    assert (found.status, found.priority, found.tags) == (Status.OPEN, Priority.HIGH, ("delivery",))
    assert found.assignee == AgentRef("4", "Mara")  # type: ignore[arg-type]
    assert (found.waiting_since, found.contact_seen_at, found.snoozed_until) == (None, None, None)
    assert (found.first_reply_at, found.updated_at) == (1781940200.0, 1781946123.4471)
    assert (found.language, found.page) == ("sv", "https://kite.example.test/cart")
    assert (found.channel, found.unread, found.can_reply) == ("Channel::Api", 1, True)
    assert found.attributes == (("order", "B-1044"),)
    assert (found.contact.city, found.contact.country, found.contact.created_at) == (
        "Lund",
        "SE",
        1780000000.0,
    )
    assert found.contact.attributes == (("plan", "pro"), ("visits", "3"), ("vip", "true"))


@pytest.mark.parametrize(
    ("said", "offset"),
    [
        ("Thu Jun 20 2024 10:12:00 GMT+0300 (EEST)", 10800),
        ("Thu Jun 20 2024 10:12:00 GMT-0330", -12600),
        ("Thu Jun 20 2024 10:12:00 GMT+9999", None),
        ("yesterday", None),
        ({"a": 1}, None),
    ],
)
def test_the_customers_clock_is_read_from_a_browsers_date(
    conversation_row: MakeRow, said: object, offset: int | None
) -> None:
    row = conversation_row(additional_attributes={"initiated_at": {"timestamp": said}})
    assert decode.conversation(row).utc_offset == offset


@pytest.mark.parametrize(
    ("told", "rating"), [(5, 5), ("4", 4), (0, None), (9, None), ({}, None), (None, None)]
)
def test_a_rating_is_read_from_the_survey_sent_along(
    conversation_row: MakeRow, told: object, rating: int | None
) -> None:
    answered = {"submitted_values": {"csat_survey_response": {"rating": told}}}
    row = conversation_row(messages=[], last_non_activity_message={"content_attributes": answered})
    assert decode.conversation(row).rating == rating


def test_a_conversation_is_read_from_a_push(conversation_row: MakeRow) -> None:
    meta = {"sender": {"id": 31, "name": "Olle"}, "assignee": None, "assignee_type": None, "team": None}
    found = decode.conversation(
        conversation_row(
            meta=meta,
            channel="Channel::Api",
            first_reply_created_at="2026-06-20T07:23:20.000Z",
            waiting_since=1781946000,
            snoozed_until="2026-06-21T00:00:00.000Z",
        )
    )
    assert (found.queue, found.assignee, found.channel) == ("inbox:2", None, "Channel::Api")
    assert found.first_reply_at == 1781940200.0
    assert (found.waiting_since, found.snoozed_until) == (1781946000.0, 1782000000.0)


def test_a_conversation_of_a_bot_has_no_agent(conversation_row: MakeRow) -> None:
    meta = {"assignee": {"id": 9, "name": "Helper"}, "assignee_type": "AgentBot"}
    assert decode.conversation(conversation_row(meta=meta)).assignee is None


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"additional_attributes": {"referer": {"url": "https://x.test/"}}}, "https://x.test/"),
        ({"additional_attributes": {}, "custom_attributes": {"page": "tax card"}}, "tax card"),
        ({"additional_attributes": None, "custom_attributes": None}, None),
        ({"additional_attributes": {"referer": 7}}, None),
    ],
)
def test_where_the_customer_came_from_is_told_in_several_ways(
    conversation_row: MakeRow, changes: Row, page: str | None
) -> None:
    assert decode.conversation(conversation_row(**changes)).page == page


def test_a_conversation_with_next_to_nothing_is_still_one() -> None:
    bare = decode.conversation({"id": 5, "meta": {"sender": None}, "messages": [{"no": "id"}]})
    assert (bare.id, bare.inbox, bare.contact.name, bare.status) == ("5", "inbox:0", "", Status.OPEN)
    assert bare.last_message is None
    assert bare.updated_at == 0.0


def test_a_conversation_without_an_id_is_none() -> None:
    with pytest.raises(BadAnswer):
        decode.conversation({"status": "open"})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"message_type": 0}, MessageKind.CUSTOMER),
        ({"message_type": 1}, MessageKind.AGENT),
        ({"message_type": 1, "private": True}, MessageKind.NOTE),
        ({"message_type": 2, "sender": None}, MessageKind.ACTIVITY),
        ({"message_type": 3, "sender": None}, MessageKind.AUTOMATIC),
        ({"message_type": 1, "sender": {"id": 1, "type": "agent_bot"}}, MessageKind.AUTOMATIC),
        ({"message_type": 1, "sender": {"id": 1, "type": "captain_assistant"}}, MessageKind.AUTOMATIC),
        ({"message_type": 0, "sender": {"id": 1, "type": "agent_bot"}}, MessageKind.CUSTOMER),
        ({"message_type": "template", "sender": None}, MessageKind.AUTOMATIC),
        ({"message_type": 9}, MessageKind.UNKNOWN),
        ({"message_type": None}, MessageKind.UNKNOWN),
        ({"message_type": [1]}, MessageKind.UNKNOWN),
    ],
)
def test_who_speaks_is_told_from_type_privacy_and_sender(
    message_row: MakeRow, changes: Row, kind: MessageKind
) -> None:
    assert decode.message(message_row(**changes)).kind is kind


def test_a_message_carries_its_author_echo_and_fate(message_row: MakeRow) -> None:
    extra = {"external_error": "number unknown", "deleted": True}
    found = decode.message(message_row(status="failed", content_attributes=extra))
    assert found.author == Author("4", "Mara", AuthorKind.AGENT)
    assert (found.echo, found.delivery, found.error, found.deleted) == (
        "c0ffee12ab34",
        Delivery.FAILED,
        "number unknown",
        True,
    )


def test_a_message_without_words_is_still_a_message(message_row: MakeRow) -> None:
    found = decode.message(message_row(content=None, sender=None, status="teleported", echo_id=None))
    assert (found.text, found.author, found.delivery, found.echo) == ("", None, Delivery.SENT, None)


def test_attachments_have_a_name_and_a_place(message_row: MakeRow) -> None:
    url = "https://desk.example.test/blobs/eyJf/n%C3%A4ytt%C3%B6.png?x=1"
    files = [
        {"id": 77, "file_type": "image", "data_url": url, "file_size": 48213},
        {"id": 78, "file_type": "location", "fallback_title": "Lund", "file_size": None},
        "nonsense",
        {"id": 79, "data_url": "https://[broken"},
    ]
    assert decode.message(message_row(attachments=files)).attachments == (
        Attachment("77", "image", "näyttö.png", url, 48213),
        Attachment("78", "location", "Lund", "", None),
        Attachment("79", "file", "", "https://[broken", None),
    )


def test_a_profile_belongs_to_one_of_its_accounts(profile_row: MakeRow) -> None:
    accounts = [
        {"id": 1, "name": "Kite Bikes", "role": "agent", "availability": "busy"},
        {"id": 2, "name": "Kite Boats", "role": "administrator", "availability": "online"},
    ]
    body = JSON(profile_row(accounts=accounts))
    last = answers.profile(body, None)
    assert (last.account_id, last.me.account, last.me.agent.availability) == (
        "1",
        "Kite Bikes",
        Availability.BUSY,
    )
    other = answers.profile(body, "2")
    assert (other.me.account, other.me.agent.role) == ("Kite Boats", Role.ADMINISTRATOR)
    assert "Vx81tJw5" not in repr(other)
    with pytest.raises(NotAllowed):
        answers.profile(body, "3")


def test_one_strange_row_does_not_hide_the_others(conversation_row: MakeRow) -> None:
    rows = [conversation_row(), {"id": None}, "text", conversation_row(id=18)]
    page = answers.conversation_page(JSON({"data": {"payload": rows}}), ConversationQuery(), 1)
    assert [item.id for item in page.items] == ["17", "18"]


@pytest.mark.parametrize(
    ("count", "rows", "page", "more"),
    [
        (60, 25, 1, True),
        (60, 25, 2, True),
        (50, 25, 2, False),
        (40, 15, 1, True),
        (3, 3, 1, False),
        (60, 0, 4, False),
        (None, 25, 1, True),
        (None, 24, 1, False),
    ],
)
def test_more_pages_follow_while_the_count_is_not_reached(
    conversation_row: MakeRow, *, count: int | None, rows: int, page: int, more: bool
) -> None:
    listed = [conversation_row(id=number) for number in range(rows)]
    body = JSON({"data": {"meta": {"mine_count": count, "all_count": 999}, "payload": listed}})
    assert answers.conversation_page(body, ConversationQuery(AssigneeFilter.MINE), page).more is more


def test_what_changed_lately_comes_in_one_page(conversation_row: MakeRow) -> None:
    listed = [conversation_row(id=number) for number in range(40)]
    body = JSON({"data": {"meta": {"all_count": 999}, "payload": listed}})
    page = answers.conversation_page(body, ConversationQuery(updated_within=60), 1)
    assert (len(page.items), page.more) == (40, False)


@pytest.mark.parametrize(
    ("rows", "forwards", "more"),
    [(20, False, True), (19, False, False), (100, True, True), (99, True, False)],
)
def test_a_full_page_of_messages_may_be_followed(
    message_row: MakeRow, *, rows: int, forwards: bool, more: bool
) -> None:
    body = JSON({"payload": [message_row(id=number) for number in range(rows)]})
    assert answers.message_page(body, ConversationId("17"), forwards=forwards).more is more


def test_messages_are_put_in_order_of_time_and_then_of_number(message_row: MakeRow) -> None:
    rows = [message_row(id=number, created_at=at) for number, at in ((9, 5), (7, 5), (8, 3))]
    page = answers.message_page(JSON({"payload": rows}), ConversationId("17"), forwards=False)
    assert [message.id for message in page.items] == ["8", "7", "9"]


def test_queues_are_inboxes_and_teams() -> None:
    inboxes = answers.inboxes(JSON({"payload": [{"id": 2, "name": "Shop", "channel_type": "Channel::Api"}]}))
    teams = answers.teams(JSON([{"id": 3, "name": "workshop", "is_member": False}]))
    assert [(queue.id, queue.kind, queue.member) for queue in (*inboxes, *teams)] == [
        ("inbox:2", QueueKind.INBOX, True),
        ("team:3", QueueKind.TEAM, False),
    ]


def test_tags_and_agents_come_by_name_whatever_the_case() -> None:
    tags = answers.tags(JSON({"payload": [{"title": "b"}, {"title": "A"}, {"title": None}]}))
    agents = answers.agents(JSON([{"id": 1, "name": "örn"}, {"id": 2, "available_name": "Mara"}]))
    assert [tag.name for tag in tags] == ["A", "b"]
    assert [agent.name for agent in agents] == ["Mara", "örn"]


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({}, "https://desk.test/hc/help/articles/how-to"),
        ({"slug": "a/b"}, "https://desk.test/hc/help/articles/a%2Fb"),
        ({"link": "https://x.test/a"}, "https://x.test/a"),
        ({"link": "/hc/other"}, "https://desk.test/hc/other"),
        ({"meta": {"link": "https://x.test/b"}}, "https://x.test/b"),
        ({"link": "javascript:alert(1)"}, "https://desk.test/hc/help/articles/how-to"),
    ],
)
def test_an_article_is_linked_to_where_readers_find_it(changes: Row, url: str) -> None:
    row = {"id": 1, "title": "How", "slug": "how-to", "portal_slug": "help", "status": "published", **changes}
    body = JSON({"payload": {"articles": [row]}})
    assert [found.url for found in answers.found_articles(body, "https://desk.test", ())] == [url]


def test_a_help_centre_of_its_own_domain_is_linked_there() -> None:
    portals = answers.portals(
        JSON(
            {
                "payload": [
                    {
                        "slug": "help",
                        "custom_domain": "help.kite.test",
                        "config": {"allowed_locales": [{"code": "sv"}, {"code": "en"}]},
                    },
                    {"slug": "old", "archived": True},
                ]
            }
        )
    )
    assert portals == (Portal("help", "help.kite.test", ("sv", "en")),)
    row = {"id": 1, "title": "How", "slug": "how", "category": {"name": "Tax", "locale": "sv"}}
    (article,) = answers.portal_articles(JSON({"payload": [row]}), "https://desk.test", portals[0])
    assert (article.url, article.locale, article.category) == (
        "https://help.kite.test/hc/help/articles/how",
        "sv",
        "Tax",
    )
    assert answers.portal_locales(portals[0], "sv-FI") == ("sv",)
    assert answers.portal_locales(portals[0], "nl") == ()
    assert answers.portal_locales(portals[0], None) == (None,)


def test_drafts_are_not_offered() -> None:
    row = {"id": 1, "slug": "s", "portal_slug": "p", "title": "t"}
    rows = [
        {**row, "status": "draft"},
        {**row, "status": ["published"]},
        {**row, "content": "# T\n\nOpening"},
    ]
    found = answers.found_articles(JSON({"payload": {"articles": rows}}), "https://d.test", ())
    assert [article.summary for article in found] == ["Opening"]
