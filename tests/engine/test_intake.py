"""What comes from a backend becomes what the desk holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_tui.desk.problems import Trouble
from agent_tui.desk.transcript import Fate
from agent_tui.engine import intake
from api_client import errors
from api_client.models.conversation import Conversation, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.message import Author, AuthorKind, Delivery, Message, MessageKind
from api_client.models.people import AgentRef, Contact

ME = AgentId("7")
AINO = Author("7", "Aino", AuthorKind.AGENT)
MIKKO = Author("8", "Mikko", AuthorKind.AGENT)
LIISA = Author("7", "Liisa", AuthorKind.CONTACT)


def every_error(root: type[errors.ApiError] = errors.ApiError) -> Iterator[type[errors.ApiError]]:
    yield root
    for child in root.__subclasses__():
        yield from every_error(child)


def made(kind: type[errors.ApiError], detail: str = "") -> errors.ApiError:
    error = kind.__new__(kind)
    errors.ApiError.__init__(error, "went wrong", detail=detail)
    return error


def message(
    kind: MessageKind = MessageKind.AGENT,
    author: Author = AINO,
    *,
    text: str = "Hei",
    delivery: Delivery = Delivery.SENT,
    echo: EchoId | None = None,
) -> Message:
    return Message(
        MessageId("12"), ConversationId("3"), kind, text, 1000.0, 12, author, delivery=delivery, echo=echo
    )


@pytest.mark.parametrize("kind", list(every_error()))
def test_every_error_of_a_backend_is_a_problem_the_desk_has_words_for(kind: type[errors.ApiError]) -> None:
    assert isinstance(intake.problem_of(made(kind)).trouble, Trouble)


def test_the_servers_own_words_are_made_safe() -> None:
    problem = intake.problem_of(made(errors.Refused, "too long\x1b[2J\nreally"))
    assert "\x1b" not in problem.detail
    assert "\n" not in problem.detail


def test_my_own_line_tells_how_far_it_has_come() -> None:
    assert intake.line_of(message(delivery=Delivery.READ), ME).fate is Fate.READ


def test_a_colleagues_line_is_not_mine_and_has_no_fate() -> None:
    line = intake.line_of(message(author=MIKKO, delivery=Delivery.READ), ME)
    assert not line.mine
    assert line.fate is Fate.RECEIVED


def test_a_customer_who_has_my_number_is_not_me() -> None:
    assert not intake.line_of(message(MessageKind.CUSTOMER, LIISA), ME).mine


def test_a_line_keeps_what_came_and_shows_what_is_safe() -> None:
    line = intake.line_of(message(text="a\x1b]52;c;aGk=\x07b"), ME)
    assert line.raw == "a\x1b]52;c;aGk=\x07b"
    assert "\x1b" not in line.text
    assert line.altered


def test_texts_that_lines_have_in_common_are_held_once() -> None:
    plain = intake.line_of(message(text="moi moi", author=MIKKO), ME)
    other = intake.line_of(message(text="hei", author=MIKKO), ME)
    assert plain.raw is plain.text
    assert plain.author is other.author


def test_the_echo_goes_along_so_that_my_line_is_recognised() -> None:
    assert intake.line_of(message(echo=EchoId("e1")), ME).echo == EchoId("e1")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("sv-FI", "sv"),
        ("FI", "fi"),
        ("en_US", "en"),
        (None, ""),
        ("", ""),
        ("?x", ""),
        ("中文", ""),
        ("f", ""),
    ],
)
def test_a_language_is_two_letters_or_nothing(given: str | None, code: str) -> None:
    assert intake.language_code(given) == code


def test_a_conversation_brings_its_customer_tags_and_newest_line() -> None:
    chat = intake.chat_of(
        Conversation(
            id=ConversationId("3"),
            queue=QueueId("team:1"),
            inbox=QueueId("inbox:1"),
            contact=Contact(ContactId("5"), "Liisa \x1b[31mK", language="sv"),
            status=Status.OPEN,
            created_at=1.0,
            updated_at=2.0,
            last_activity_at=3.0,
            assignee=AgentRef(ME, "Aino"),
            tags=("vero\u202e",),
            last_message=message(MessageKind.CUSTOMER, LIISA),
        ),
        ME,
    )
    assert chat.language == "sv"
    assert "\x1b" not in chat.card.name
    assert chat.card.raw_name == "Liisa \x1b[31mK"
    assert chat.tags[0].value == "vero\u202e"
    assert "\u202e" not in chat.tags[0].shown
    assert chat.assignee is not None
    assert chat.assignee.id == ME
    assert chat.last_line is not None
