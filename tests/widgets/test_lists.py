"""Tabs, queues, waiting customers and pickers, mounted alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Promise, QueueRow, TabRow, WaitingRow
from agent_tui.theming import Palette
from agent_tui.widgets.columns import Column
from agent_tui.widgets.painting import LineWidget, Pieces, row_width
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickerModel, PickRow
from agent_tui.widgets.queue import QueueList, WaitingList
from agent_tui.widgets.tab_rows import lay_tabs
from agent_tui.widgets.table import Table
from agent_tui.widgets.tabs import TabBar
from api_client.models.identity import ConversationId, QueueId

Read = Callable[[LineWidget], list[str]]
Make = Callable[..., App[None]]
NOW = 10_000.0
CHAT = Promise(warning=40, breach=60)


def tab(number: int, *, active: bool = False, waits: float | None = None, **marks: Any) -> TabRow:
    return TabRow(
        conversation=ConversationId(str(number)),
        customer=Displayable(f"Customer {number}"),
        active=active,
        unread=marks.get("unread", 0),
        draft=marks.get("draft", False),
        failed=marks.get("failed", False),
        customer_typing=marks.get("typing", False),
        waiting_since=None if waits is None else NOW - waits,
        promise=CHAT,
    )


def waiting(number: int, waits: float, **facts: Any) -> WaitingRow:
    return WaitingRow(
        conversation=ConversationId(str(number)),
        queue=QueueId("q"),
        queue_name=Displayable("Tax return"),
        customer=Displayable(facts.get("name", f"Customer {number}")),
        first_words=Displayable("Hei, kysyisin"),
        language="fi",
        since=NOW - waits,
        promise=CHAT,
        being_taken=facts.get("taken", False),
    )


def queue(name: str, *, served: bool = True, waits: float | None = None, number: int = 0) -> QueueRow:
    return QueueRow(
        queue=QueueId(name),
        name=Displayable(name),
        served=served,
        waiting=number,
        longest_since=None if waits is None else NOW - waits,
        promise=CHAT,
    )


def picks(many: int) -> list[PickRow]:
    return [PickRow(f"id{n}", Displayable(f"Title {n}"), Displayable("detail")) for n in range(many)]


# --- tabs ---------------------------------------------------------------------------------------------


async def test_a_tab_shows_number_name_and_every_mark(palette: Palette, stage: Make, rows: Read) -> None:
    bar = TabBar(palette)
    async with stage(bar).run_test(size=(100, 4)):
        bar.show(
            [
                tab(1, active=True, draft=True),
                tab(2, waits=62, unread=3, failed=True, typing=True),
            ],
            NOW,
        )
        shown = rows(bar)[0]
    assert "[1 Customer 1 ✎]" in shown
    assert "2 Customer 2 ● 1:02 (3) ✗ …" in shown


async def test_a_click_on_a_tab_tells_whose_it_is(palette: Palette, stage: Make, posted: Any) -> None:
    bar = TabBar(palette)
    async with stage(bar).run_test(size=(100, 4), message_hook=posted) as pilot:
        bar.show([tab(1, active=True), tab(2)], NOW)
        await pilot.click(bar, offset=(20, 0))
        await pilot.click(bar, offset=(90, 0))
        await pilot.pause()
    assert [one.conversation for one in posted.of(TabBar.Chosen)] == ["2"]


def test_hidden_tabs_are_counted_with_the_most_urgent_wait_among_them() -> None:
    tabs = [tab(n, active=n == 1, waits=n * 10 if n > 10 else None) for n in range(1, 21)]
    laid = lay_tabs(tabs, NOW, 80, 0)
    text = "".join(piece.text for piece in laid.pieces)
    assert text.startswith("[1 Custo]")
    assert "› " not in text
    assert f"›{20 - len(laid.ends)} ● 3:20" in text


def test_seven_who_wait_are_all_in_sight_on_eighty_columns_by_number_name_and_wait() -> None:
    tabs = [tab(n, active=n == 3, waits=n * 60) for n in range(1, 8)]
    text = "".join(piece.text for piece in lay_tabs(tabs, NOW, 80, 0).pieces)
    assert "[3 Custo●3:00]" in text
    assert [f" {n} Cus●{n}:00" for n in (1, 2)] == [text[:11], text[11:22]]
    assert "7 Cus●7:00" in text
    assert "›" not in text


def test_names_are_whole_where_there_is_room() -> None:
    tabs = [tab(n, active=n == 1) for n in range(1, 6)]
    text = "".join(piece.text for piece in lay_tabs(tabs, NOW, 80, 0).pieces)
    assert "[1 Customer 1] 2 Customer 2 " in text


@given(st.integers(1, 60), st.integers(0, 59), st.integers(0, 59), st.integers(60, 200))
def test_the_active_tab_is_always_in_sight_and_the_row_always_fits(
    many: int, active: int, first: int, cells: int
) -> None:
    active %= many
    tabs = [tab(n, active=n == active, waits=5 if n % 3 else None) for n in range(many)]
    laid = lay_tabs(tabs, NOW, cells, first % many)
    assert active in {index for _, index in laid.ends}
    assert row_width(laid.pieces) <= cells


async def test_without_tabs_the_bar_says_what_to_do(palette: Palette, stage: Make, rows: Read) -> None:
    bar = TabBar(palette)
    async with stage(bar).run_test(size=(60, 4)):
        bar.show([], NOW, Displayable("Press F3 to take the next customer"))
        assert "Press F3" in rows(bar)[0]


# --- waiting ------------------------------------------------------------------------------------------


async def test_a_waiting_customer_shows_glyph_time_name_language_queue_and_first_words(
    palette: Palette, stage: Make, rows: Read
) -> None:
    waits = WaitingList(palette)
    async with stage(waits).run_test(size=(100, 6)):
        waits.show([waiting(1, 65), waiting(2, 45), waiting(3, 5, taken=True)], NOW)
        shown = rows(waits)
    assert "3 customers are waiting" in shown[0]
    assert "●    1:05  Customer 1" in shown[1]
    assert "fi  Tax return        Hei, kysyisin" in shown[1]
    assert "◐    0:45" in shown[2]
    assert "○    0:05" in shown[3]
    assert "being taken" in shown[3]


async def test_beside_the_log_the_first_words_stand_under_the_name(
    palette: Palette, stage: Make, rows: Read, posted: Any
) -> None:
    waits = WaitingList(palette)
    async with stage(waits).run_test(size=(34, 6), message_hook=posted) as pilot:
        waits.show([waiting(1, 65), waiting(2, 45), waiting(3, 5)], NOW)
        await pilot.pause()
        shown = rows(waits)
        await pilot.click(waits, offset=(5, 4))
        await pilot.pause()
    assert "●  1:05 Customer 1" in shown[1]
    assert shown[1].endswith(" fi ")
    assert shown[2].strip() == "Hei, kysyisin"
    assert "Customer 2" in shown[3]
    assert [one.conversation for one in posted.of(WaitingList.Picked)] == ["2"]


async def test_a_second_later_only_rows_that_look_different_are_painted(
    palette: Palette, stage: Make
) -> None:
    waits = WaitingList(palette)
    hours = [waiting(1, 10), waiting(2, 20)]
    async with stage(waits).run_test(size=(100, 6)):
        waits.show(hours, NOW)
        before = [waits.strip_at(y) for y in range(6)]
        waits.show(hours, NOW + 0.2)
        assert [waits.strip_at(y) for y in range(6)] == before
        waits.show(hours, NOW + 1)
        after = [waits.strip_at(y) for y in range(6)]
    changed = [y for y in range(6) if before[y] is not after[y]]
    assert changed == [1, 2]


async def test_the_cursor_stays_with_its_customer_while_others_come_and_go(
    palette: Palette, stage: Make, posted: Any
) -> None:
    waits = WaitingList(palette)
    async with stage(waits).run_test(size=(100, 6), message_hook=posted) as pilot:
        waits.show([waiting(n, 100 - n) for n in range(20)], NOW)
        waits.focus()
        await pilot.press("down", "down", "down")
        waits.show([waiting(n, 100 - n) for n in range(2, 20)], NOW)
        await pilot.press("enter")
        await pilot.pause()
    assert [one.conversation for one in posted.of(WaitingList.Picked)] == ["3"]


async def test_the_cursor_of_a_table_follows_a_row_only_when_its_order_stands_or_it_was_moved(
    palette: Palette, stage: Make
) -> None:
    picked: list[str] = []
    name: Column[str] = Column("name", lambda: NOTHING, 10, 0, lambda _, __: (), lambda _: 0.0)
    table = Table(palette, [name], key=str, empty=lambda: NOTHING, picked=picked.append)
    async with stage(table).run_test(size=(40, 6)) as pilot:
        for rows, settled in (("abc", False), ("cab", False), ("bca", True), ("acb", True)):
            table.show([*rows], NOW, sort="name", settled=settled)
            table.take_key("enter")
        table.take_key("down")
        table.show([*"abc"], NOW, sort="name", settled=False)
        table.take_key("enter")
        await pilot.pause()
    assert picked == ["a", "c", "b", "b", "b"]


async def test_ten_thousand_waiting_compose_only_the_rows_in_sight(
    palette: Palette, stage: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[int] = []
    real = WaitingList.row

    def counted(self: WaitingList, index: int) -> Pieces:
        composed.append(index)
        return real(self, index)

    monkeypatch.setattr(WaitingList, "row", counted)
    waits = WaitingList(palette)
    async with stage(waits).run_test(size=(100, 20)):
        waits.show([waiting(n, n) for n in range(10_000)], NOW)
        waits.move(9_999)
    assert len(set(composed)) <= 40


async def test_showing_the_same_within_a_second_composes_nothing(
    palette: Palette, stage: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, people = WaitingList(palette), [waiting(n, n) for n in range(50)]
    async with stage(waits).run_test(size=(100, 20)) as pilot:
        waits.show(people, NOW)
        await pilot.pause()
        with monkeypatch.context() as patched:
            patched.setattr(WaitingList, "row", None)
            waits.show(list(people), NOW + 0.4)


async def test_when_nobody_waits_the_list_says_what_to_do(palette: Palette, stage: Make, rows: Read) -> None:
    waits = WaitingList(palette)
    async with stage(waits).run_test(size=(60, 6)):
        waits.show([], NOW, Displayable("Nobody is waiting. Press F2 to serve more queues."))
        assert "Press F2" in rows(waits)[1]


# --- queues -------------------------------------------------------------------------------------------


async def test_space_serves_a_queue_or_leaves_it(
    palette: Palette, stage: Make, rows: Read, posted: Any
) -> None:
    queues = QueueList(palette)
    async with stage(queues).run_test(size=(60, 6), message_hook=posted) as pilot:
        queues.show([queue("Tax return", waits=70, number=4), queue("Tax card", served=False)], NOW)
        queues.focus()
        await pilot.press("space", "down", "enter")
        await pilot.pause()
        shown = rows(queues)
    assert [(one.queue, one.served) for one in posted.of(QueueList.Toggled)] == [
        ("Tax return", False),
        ("Tax card", True),
    ]
    assert "[x] Tax return" in shown[1]
    assert "   4 ●  1:10" in shown[1]
    assert "▸ [ ] Tax card" in shown[2]
    assert "   0       -" in shown[2]


# --- pickers ------------------------------------------------------------------------------------------


class Told:
    """Collects what a picker tells."""

    def __init__(self) -> None:
        self.chosen: list[tuple[str, ...]] = []
        self.filtered: list[str] = []
        self.dismissed = 0

    def _dismiss(self) -> None:
        self.dismissed += 1

    def asking(
        self, *, empty: Displayable = NOTHING, typing: bool = False, checked: frozenset[str] | None = None
    ) -> Asking:
        return Asking(
            Displayable("Title"),
            empty,
            self.chosen.append,
            self._dismiss,
            self.filtered.append if typing else None,
            checked,
        )


def press(picker: Picker, *keys: str) -> None:
    for key in keys:
        assert picker.take_key(key, key if len(key) == 1 else None)


async def test_a_number_picks_at_once(palette: Palette, stage: Make, rows: Read) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)) as pilot:
        picker.open(told.asking(), picks(20))
        await pilot.pause()
        assert rows(picker)[1].startswith("▸1 Title 0   detail")
        press(picker, "3")
        assert not picker.is_open
    assert told.chosen == [("id2",)]


async def test_marks_are_set_by_space_and_confirmed_by_enter(
    palette: Palette, stage: Make, rows: Read
) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)) as pilot:
        picker.open(told.asking(typing=True, checked=frozenset({"id1"})), picks(4))
        await pilot.pause()
        press(picker, "space", "down", "down", "space", "down")
        await pilot.pause()
        assert "[x] Title 0" in rows(picker)[2]
        press(picker, "enter")
    assert told.chosen == [("id0", "id1", "id2")]


async def test_what_was_looked_for_is_meant_without_marking_it(palette: Palette, stage: Make) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)):
        picker.open(told.asking(typing=True, checked=frozenset({"id1"})), picks(4))
        press(picker, "x")
        picker.show_rows(picks(4)[3:])
        press(picker, "enter")
    assert told.chosen == [("id1", "id3")]


async def test_a_mark_clears_the_filter_for_the_next(palette: Palette, stage: Make) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)):
        picker.open(told.asking(typing=True, checked=frozenset()), picks(4))
        press(picker, "x", "space", "enter")
    assert told.filtered == ["x", ""]
    assert told.chosen == [("id0",)]


async def test_what_is_typed_in_the_filter_asks_for_other_rows(
    palette: Palette, stage: Make, rows: Read
) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)) as pilot:
        empty = Displayable("No article matches. Try another word.")
        picker.open(told.asking(empty=empty, typing=True), picks(4))
        press(picker, "v", "2", "ä")
        await pilot.pause()
        assert "Find: v2ä" in rows(picker)[1]
        picker.show_rows([])
        await pilot.pause()
        assert "Try another word" in rows(picker)[2]
        press(picker, "escape")
    assert told.filtered == ["v", "v2", "v2ä"]
    assert told.dismissed == 1


async def test_keys_of_the_desk_are_left_to_the_screen(palette: Palette, stage: Make) -> None:
    picker = Picker(palette)
    async with stage(picker).run_test(size=(60, 12)):
        picker.open(Told().asking(typing=True), picks(4))
        assert not picker.take_key("f8", None)
        assert not picker.take_key("ctrl+k", None)


async def test_a_key_that_means_nothing_to_the_list_is_left_to_the_composer(
    palette: Palette, stage: Make
) -> None:
    picker = Picker(palette)
    async with stage(picker).run_test(size=(60, 12)):
        assert not picker.take_key("enter", "\r")
        picker.open(Told().asking(), picks(3))
        assert not picker.take_key("a", "a")
        assert picker.take_key("down", None)


@given(st.lists(st.sampled_from([1, -1, 5, -5, 100, -100, 0])), st.integers(0, 12))
def test_the_cursor_never_leaves_the_rows(moves: Sequence[int], many: int) -> None:
    model = PickerModel(picks(many))
    for move in moves:
        model.move(move)
        assert (model.current is None) == (many == 0)


def test_a_row_that_cannot_be_picked_is_not() -> None:
    model = PickerModel([PickRow("a", Displayable("A"), Displayable("not allowed"), enabled=False)])
    assert model.choose() is None
    model.toggle()
    assert model.checked == set()


async def test_a_paste_in_the_filter_is_one_line(palette: Palette, stage: Make) -> None:
    picker, told = Picker(palette), Told()
    async with stage(picker).run_test(size=(60, 12)):
        assert not picker.take_paste("nobody asks")
        picker.open(told.asking(typing=True), picks(4))
        assert picker.take_paste("one\n two")
    assert told.filtered == ["one two"]
