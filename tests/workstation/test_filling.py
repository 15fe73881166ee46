"""What is put into the text: no template, value or file crashes it or reaches the terminal raw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from agent_tui.desk.model import Card, Chat, DeskState
from agent_tui.desk.text import Displayable, clean_block
from agent_tui.screens.filling import Placed, as_written, filled_in, preview
from agent_tui.screens.values import values
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.typeable import typeable
from api_client.models.conversation import Status
from api_client.models.identity import ContactId, ConversationId, QueueId
from canned.filling import Filled
from canned.model import Response
from canned.render import TemplateError
from canned.variables import KNOWN
from tests.desk.stage import a_desk

PIECES = [
    "{{ contact.name }}",
    '{% field "a", choices: "x|y" %}',
    "{{",
    "{%",
    "%}",
    "⟦",
    "⟧",
    "\x1b]52;c;x\x07",
    "\u202e",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20))).map("".join)


def a_chat(name: str) -> Chat:
    card = Card(ContactId("1"), Displayable("shown"), name)
    return Chat(ConversationId("1"), QueueId("1"), QueueId("1"), card, Status.OPEN, 0.0, 0.0, 0.0)


def filled(response: Response, chat: Chat) -> Filled:
    try:
        return filled_in(DeskState(), chat, response, 0.0)
    except TemplateError:
        return as_written(response, "fi")


@given(TEXTS, TEXTS)
def test_any_template_and_any_name_can_be_shown_and_put_in(text: str, name: str) -> None:
    response = Response("k", "k", text or "x")
    placed = Placed(response, filled(response, a_chat(name)))
    assert placed.text == typeable(placed.text)
    assert all(0 <= one.start <= one.end <= len(placed.text) for one in placed.fields)
    for piece in preview(DeskState(), a_chat(name), replace(response, title=text, when=text), 0.0):
        assert piece.text == clean_block(piece.text).text
    buffer = Buffer(ConversationId("1"))
    buffer.place(placed.text, placed.passage, placed.fields)
    for _ in range(len(placed.fields) + 2):
        buffer.walk(1)


@given(st.lists(st.sampled_from(["{{ agent.name }}", '{% field "a" %}', "{{", "%}", "Liisa"]), min_size=1))
def test_what_a_customer_is_called_is_never_a_template(parts: list[str]) -> None:
    name = "".join(parts)
    placed = Placed(RESPONSE, filled(RESPONSE, a_chat(name)))
    assert (placed.text, placed.fields) == (f"Hei {name}.", ())


RESPONSE = Response("k", "k", "Hei {{ contact.name }}.")


def test_every_variable_that_may_be_named_has_its_value() -> None:
    desk = a_desk(1)
    chat = desk.chat(1)
    known = values(desk.state, chat)
    for path in KNOWN:
        whole, _, part = path.partition(".")
        group = {"customer": "contact", "queue": "inbox"}.get(whole, whole)
        assert group == "now" or part in known[group], path
