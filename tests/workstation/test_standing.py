"""What the screen says of a chat that is no longer the agent's while their words are in it."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.keys_in_force import keymap
from agent_tui.screens.standing import addressee
from api_client.models.conversation import Status
from tests.desk.stage import AINO, BENGT, Desk, a_desk, cid

KEYS = keymap({})


def with_a_draft() -> Desk:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), "Hei, lasken", note=False))
    return desk


def test_a_text_for_ones_own_chat_is_for_the_customer() -> None:
    desk = with_a_draft()
    assert addressee(desk.state, desk.chat(1), KEYS) == "Customer 1"


def test_above_the_text_it_stands_that_the_chat_was_closed_meanwhile_and_what_to_press() -> None:
    desk = with_a_draft()
    desk.arrives(1, assignee=AINO, status=Status.RESOLVED)
    assert addressee(desk.state, desk.chat(1), KEYS) == "Customer 1 · closed, Ctrl+O puts it aside"


def test_above_the_text_it_stands_which_colleague_has_the_chat_now() -> None:
    desk = with_a_draft()
    desk.arrives(1, assignee=BENGT)
    assert addressee(desk.state, desk.chat(1), KEYS) == "Customer 1 · Bengt Ek has it, Ctrl+O puts it aside"
