"""Which conversations stand side by side, on plain values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.screens.side_by_side import beside, room_for, window, with_guest
from api_client.models.identity import ConversationId

A, B, C, D, E = (ConversationId(letter) for letter in "abcde")
TABS = [A, B, C, D, E]


@pytest.mark.parametrize(("columns", "panes"), [(80, 1), (159, 1), (160, 2), (239, 2), (240, 3), (400, 3)])
def test_wider_terminals_show_more(columns: int, panes: int) -> None:
    assert room_for(columns) == panes


def test_going_to_a_chat_that_is_on_the_screen_moves_nothing() -> None:
    assert window(TABS, C, 2, (B, C)) == (B, C)
    assert window(TABS, B, 2, (B, C)) == (B, C)


def test_going_further_moves_only_as_far_as_needed() -> None:
    assert window(TABS, D, 2, (B, C)) == (C, D)
    assert window(TABS, A, 2, (B, C)) == (A, B)
    assert window(TABS, E, 3, (A, B, C)) == (C, D, E)


def test_a_chat_that_ends_makes_room_for_its_neighbour() -> None:
    assert window([A, C, D], C, 2, (B, C)) == (C, D)
    assert window([A, C], C, 2, (B, C)) == (A, C)
    assert window([C], C, 2, (B, C)) == (C,)
    assert window([], None, 2, (B, C)) == ()


def test_a_chat_that_is_only_read_stands_beside_the_one_it_is_read_for() -> None:
    guest = ConversationId("guest")
    assert with_guest((A, B), guest, A, 2) == (A, guest)
    assert with_guest((A, B), guest, B, 2) == (guest, B)
    assert with_guest((A, B, C), guest, A, 3) == (A, guest, C)
    assert with_guest((A,), guest, A, 2) == (A, guest)
    assert with_guest((A,), guest, A, 1) == (guest,)
    assert with_guest((), guest, None, 2) == (guest,)


def test_the_pane_beside_is_the_next_one_around_the_end() -> None:
    assert beside((A, B), A) == B
    assert beside((A, B), B) == A
    assert beside((A,), A) is None
    assert beside((A, B), None) is None


@given(
    st.lists(st.sampled_from(TABS), unique=True, min_size=1),
    st.data(),
    st.integers(1, 3),
    st.lists(st.sampled_from(TABS), unique=True, max_size=3),
)
def test_the_window_is_consecutive_full_and_holds_the_one_in_hand(
    tabs: list[ConversationId], data: st.DataObject, room: int, before: list[ConversationId]
) -> None:
    in_hand = data.draw(st.sampled_from(tabs))
    shown = window(tabs, in_hand, room, tuple(before))
    start = tabs.index(shown[0])
    assert list(shown) == tabs[start : start + len(shown)]
    assert len(shown) == min(room, len(tabs))
    assert in_hand in shown
