"""The Chatwoot backend over an in-memory server: what it asks, in what order, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api_client import errors
from api_client.backend import Backend, Capability
from api_client.chatwoot.backend import ChatwootBackend
from api_client.models.conversation import ConversationQuery, Status
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import Outgoing
from api_client.transport.address import Address
from api_client.transport.base import Request
from api_client.transport.memory import Answer, MemoryHttp, MemorySockets

Row = dict[str, Any]
MakeRow = Callable[..., Row]
Answers = list[Answer]

HERE = Address("https", "desk.example.test", 443)
TALK = ConversationId("17")
BEA = {"id": 5, "available_name": "Bea"}
MARA = {"id": 4, "available_name": "Mara"}


class Server:
    """Answers each path with the answers put there, the last one over and over."""

    def __init__(self, profile: Row) -> None:
        self.answers: dict[str, Answers] = {"GET /api/v1/profile": [(200, profile)]}
        self.http = MemoryHttp(self._answer)
        self.backend = ChatwootBackend(HERE, self.http, MemorySockets())

    def on(self, call: str, *answers: Answer) -> None:
        self.answers[f"{call.replace(' ', ' /api/v1/accounts/1', 1)}"] = list(answers)

    def _answer(self, request: Request) -> Answer:
        answers = self.answers[f"{request.method} {request.path}"]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def asked(self) -> list[tuple[str, Any]]:
        """The account's requests so far, without the profile."""
        calls = [
            (f"{r.method} {r.path.removeprefix('/api/v1/accounts/1')}", r.json) for r in self.http.requests
        ]
        return [call for call in calls if not call[0].endswith("profile")]


@pytest.fixture
def server(profile_row: MakeRow) -> Server:
    return Server(profile_row())


@pytest.fixture
def held_by(conversation_row: MakeRow) -> Callable[[Row | None], Answer]:
    """An answer with a conversation of whom it is told."""

    def make(assignee: Row | None) -> Answer:
        return (200, conversation_row(meta={} if assignee is None else {"assignee": assignee}))

    return make


HeldBy = Callable[[Row | None], Answer]


def test_the_backend_is_one(server: Server) -> None:
    backend: Backend = server.backend
    assert backend.capabilities == frozenset(Capability) - {Capability.INTAKE}


async def test_the_profile_is_fetched_once(server: Server) -> None:
    server.on("GET /agents", (200, []))
    await server.backend.sign_in()
    await server.backend.agents()
    await server.backend.agents()
    assert [request.path for request in server.http.requests].count("/api/v1/profile") == 1


async def test_taking_looks_then_assigns_then_looks_again(server: Server, held_by: HeldBy) -> None:
    server.on("GET /conversations/17", held_by(None), held_by(MARA))
    server.on("POST /conversations/17/assignments", (200, MARA))
    taken = await server.backend.take(TALK)
    assert taken.assignee is not None
    assert server.asked() == [
        ("GET /conversations/17", None),
        ("POST /conversations/17/assignments", {"assignee_id": 4}),
        ("GET /conversations/17", None),
    ]


async def test_taking_what_is_mine_already_asks_nothing_of_the_server(
    server: Server, held_by: HeldBy
) -> None:
    server.on("GET /conversations/17", held_by(MARA))
    await server.backend.take(TALK)
    assert len(server.asked()) == 1


async def test_a_colleague_who_was_faster_is_named(server: Server, held_by: HeldBy) -> None:
    server.on("GET /conversations/17", held_by(BEA))
    with pytest.raises(errors.AlreadyTaken) as caught:
        await server.backend.take(TALK)
    assert caught.value.by == "Bea"
    assert len(server.asked()) == 1


async def test_a_colleague_who_was_faster_in_between_is_named(server: Server, held_by: HeldBy) -> None:
    server.on("GET /conversations/17", held_by(None), held_by(BEA))
    server.on("POST /conversations/17/assignments", (200, MARA))
    with pytest.raises(errors.AlreadyTaken) as caught:
        await server.backend.take(TALK)
    assert caught.value.by == "Bea"


async def test_an_assignment_that_did_not_stay_is_no_success(server: Server, held_by: HeldBy) -> None:
    server.on("GET /conversations/17", held_by(None))
    server.on("POST /conversations/17/assignments", (200, None))
    with pytest.raises(errors.Refused):
        await server.backend.take(TALK)


async def test_tags_are_added_to_those_that_are_there(server: Server) -> None:
    labels = "/conversations/17/labels"
    server.on(f"GET {labels}", (200, {"payload": ["old"]}), (200, {"payload": ["old", "new"]}))
    server.on(f"POST {labels}", (200, {"payload": ["old", "new"]}))
    tags = await server.backend.set_tags(TALK, add=frozenset({"new"}), remove=frozenset({"gone"}))
    assert tags == ("old", "new")
    assert server.asked()[1] == (f"POST {labels}", {"labels": ["old", "new"]})


async def test_tags_that_are_right_already_are_left_alone(server: Server) -> None:
    server.on("GET /conversations/17/labels", (200, {"payload": ["b", "a"]}))
    assert await server.backend.set_tags(TALK, add=frozenset({"a"}), remove=frozenset()) == ("b", "a")
    assert len(server.asked()) == 1


async def test_a_tag_lost_to_a_colleague_is_set_once_more_and_theirs_kept(server: Server) -> None:
    labels = "/conversations/17/labels"
    rounds = [[], ["theirs"], ["theirs", "mine"]]
    server.on(f"GET {labels}", *((200, {"payload": tags}) for tags in rounds))
    server.on(f"POST {labels}", (200, {"payload": ["mine"]}))
    assert await server.backend.set_tags(TALK, add=frozenset({"mine"}), remove=frozenset()) == (
        "theirs",
        "mine",
    )
    posted = [body for call, body in server.asked() if call.startswith("POST")]
    assert posted == [{"labels": ["mine"]}, {"labels": ["theirs", "mine"]}]


async def test_a_tag_lost_twice_is_not_fought_over(server: Server) -> None:
    labels = "/conversations/17/labels"
    server.on(f"GET {labels}", (200, {"payload": ["theirs"]}))
    server.on(f"POST {labels}", (200, {"payload": []}))
    assert await server.backend.set_tags(TALK, add=frozenset({"mine"}), remove=frozenset()) == ("theirs",)
    assert len([call for call, _ in server.asked() if call.startswith("POST")]) == 2


@pytest.mark.parametrize(
    "answer", [(502, b"<html>"), (504, b""), (200, b"<html>"), (200, {}), errors.AnswerLost("gone")]
)
async def test_a_message_that_may_have_arrived_is_not_called_failed(server: Server, answer: Answer) -> None:
    server.on("POST /conversations/17/messages", answer)
    with pytest.raises(errors.AnswerLost):
        await server.backend.send(TALK, Outgoing("hi", EchoId("e")))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((422, {"error": "Validation failed"}), errors.Refused),
        ((401, {"error": "Invalid Access Token"}), errors.NotSignedIn),
        ((429, b"Retry later\n"), errors.RateLimited),
        ((503, b"<html>"), errors.ServerFault),
        ((404, b"<html>"), errors.BadAnswer),
        (errors.ConnectFailed("nobody"), errors.ConnectFailed),
    ],
)
async def test_a_message_that_did_not_arrive_says_why(
    server: Server, answer: Answer, kind: type[errors.ApiError]
) -> None:
    server.on("POST /conversations/17/messages", answer)
    with pytest.raises(kind):
        await server.backend.send(TALK, Outgoing("hi", EchoId("e")))


async def test_a_changed_status_is_read_back(server: Server, conversation_row: MakeRow) -> None:
    server.on("POST /conversations/17/toggle_status", (200, {"payload": {"success": True}}))
    server.on("GET /conversations/17", (200, conversation_row(status="resolved")))
    assert (await server.backend.set_status(TALK, Status.RESOLVED)).status is Status.RESOLVED


async def test_calls_with_an_empty_answer_are_fine(server: Server) -> None:
    server.on("POST /conversations/17/toggle_typing_status", (200, b""))
    server.on("POST /conversations/17/assignments", (200, b"null"))
    await server.backend.set_typing(TALK, on=True)
    await server.backend.assign(TALK, None)


async def test_the_two_directions_of_messages_exclude_each_other(server: Server) -> None:
    with pytest.raises(ValueError, match="exclude"):
        await server.backend.messages(TALK, before=MessageId("1"), after=MessageId("2"))


async def test_queues_of_both_kinds_come_in_one_list_by_name(server: Server) -> None:
    server.on("GET /inboxes", (200, {"payload": [{"id": 2, "name": "shop"}]}))
    server.on("GET /teams", (200, [{"id": 3, "name": "Workshop"}, {"id": 4, "name": "billing"}]))
    assert [queue.id for queue in await server.backend.queues()] == ["team:4", "inbox:2", "team:3"]


async def test_articles_are_found_in_the_language_asked_for(server: Server) -> None:
    server.on("GET /portals", (200, {"payload": [{"slug": "help"}]}))
    row = {"title": "t", "slug": "s", "portal_slug": "help"}
    rows = [{**row, "id": 1, "locale": "sv"}, {**row, "id": 2, "locale": "en"}, {**row, "id": 3}]
    server.on("GET /search/articles", (200, {"payload": {"articles": rows}}))
    found = await server.backend.search_articles("t", "sv-FI")
    assert [article.id for article in found] == ["1", "3"]


async def test_an_empty_search_lists_every_help_centre(server: Server) -> None:
    server.on("GET /portals", (200, {"payload": [{"slug": "a"}, {"slug": "b"}]}))
    server.on("GET /portals/a/articles", (200, {"payload": [{"id": 1, "title": "t", "slug": "x"}]}))
    server.on("GET /portals/b/articles", (200, {"payload": [{"id": 2, "title": "u", "slug": "y"}]}))
    found = await server.backend.search_articles("  ")
    assert [article.url for article in found] == [
        "https://desk.example.test/hc/a/articles/x",
        "https://desk.example.test/hc/b/articles/y",
    ]


async def test_an_answer_of_another_shape_is_a_bad_answer(server: Server) -> None:
    server.on("GET /conversations", (200, {"data": {"payload": "none"}}))
    with pytest.raises(errors.BadAnswer):
        await server.backend.conversations(ConversationQuery())


async def test_an_account_the_agent_does_not_belong_to_is_not_allowed(profile_row: MakeRow) -> None:
    http = MemoryHttp(lambda _: (200, profile_row()))
    backend = ChatwootBackend(HERE, http, MemorySockets(), account_id="9")
    with pytest.raises(errors.NotAllowed):
        await backend.sign_in()


async def test_closing_closes_the_connections(server: Server) -> None:
    await server.backend.aclose()
    assert server.http.closed
