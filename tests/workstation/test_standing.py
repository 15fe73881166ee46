"""What the screen says of how things stand, and which keys it names."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.keys_in_force import keymap
from agent_tui.screens.key_hints import KeysFor, hints
from agent_tui.screens.standing import addressee, no_chat_open, nobody_waits
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


def test_before_the_desk_is_known_nothing_is_said_of_it() -> None:
    unknown = Desk()
    assert no_chat_open(unknown.state, KEYS) == "Connecting to the desk …"
    assert nobody_waits(unknown.state, KEYS) == ""
    assert nobody_waits(a_desk().state, KEYS) == "Nobody is waiting."


def test_the_footer_names_the_keys_of_the_list_that_has_them() -> None:
    desk = a_desk(1)
    named = {
        keys_for: [f"{hint.key} {hint.label}" for hint in hints(desk.state, KEYS, keys_for)]
        for keys_for in KeysFor
    }
    waiting = ["Enter Take", "1-9 Take by number", "Space Look", "F2 Queues", "Esc Back"]
    assert named[KeysFor.WAITING] == waiting
    assert named[KeysFor.QUEUES] == ["Space Serve or not", "Esc Back"]
    assert named[KeysFor.TEXT][0] == "F1 Help"


def test_where_the_chat_on_the_screen_went_stands_in_its_place_until_another_is_there() -> None:
    desk = a_desk(1, 2)
    desk.arrives(1, assignee=BENGT)
    words = "The chat with Customer 1 is no longer yours. F4 goes to your next one."
    assert no_chat_open(desk.state, KEYS) == words
    desk.tell(e.TabSelected(cid(2)))
    assert desk.state.gone == ""
