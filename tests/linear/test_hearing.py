"""Sentences of the linear desk, and lists chosen from by number."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.desk.model import DeskState
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import keymap
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.keys import Key
from agent_tui.linear.shell import Shell
from agent_tui.linear.spoken import lasted, plain


def rows(number: int) -> list[Row]:
    return [Row(f"r{at}", Displayable(f"row {at}")) for at in range(1, number + 1)]


def taken(_: Sequence[str]) -> None:
    return None


def test_times_are_said_with_their_units() -> None:
    said = ", ".join(lasted(seconds) for seconds in (-3, 1, 60, 247, 3600, 7325))
    assert said == "0 seconds, 1 second, 1 minute, 4 minutes 7 seconds, 1 hour, 2 hours 2 minutes"


def test_signs_of_the_screen_are_not_said() -> None:
    assert plain("✗ Not sent. · ◐ on a pause") == "Not sent. on a pause"


def test_a_list_is_read_out_nine_at_a_time_and_begins_anew_after_the_last() -> None:
    choice = Choice(Displayable("Things"), rows(11), taken)
    assert choice.read_out()[:2] == ["Things, 11 entries.", "1: row 1"]
    assert "0: further entries." in choice.read_out()
    choice.go_on()
    assert choice.read_out()[1:3] == ["1: row 10", "2: row 11"]
    assert choice.row(2) == rows(11)[10]
    assert choice.row(3) is None
    choice.go_on()
    assert choice.row(1) == rows(1)[0]


def test_marks_are_said_and_taken_back() -> None:
    choice = Choice(Displayable("Tags"), rows(2), taken, several=True, marked=frozenset({"r2"}))
    assert choice.read_out()[1:3] == ["1: row 1, not marked", "2: row 2, marked"]
    assert choice.mark(rows(1)[0]) == "row 1, marked"
    assert choice.marked == {"r1", "r2"}
    assert choice.mark(rows(1)[0]) == "row 1, not marked"


class Desk:
    """A shell without a server; ``paper`` is all it wrote."""

    def __init__(self) -> None:
        self.paper = ""
        self.ran: list[str] = []
        self.commands: list[str] = []
        self.shell = Shell(
            DeskState(),
            keymap({}),
            perform=lambda _: None,
            write=self._write,
            columns=lambda: 80,
            start_failed=lambda _: None,
        )
        self.shell.run, self.shell.command = self.ran.append, self.commands.append
        self.shell.refresh()

    def _write(self, text: str) -> None:
        self.paper += text

    def press(self, *names: str) -> str:
        """What is written when these keys are pressed."""
        before = len(self.paper)
        for name in names:
            self.shell.key(Key(name, name if len(name) == 1 else ""))
        return self.paper[before:]


def test_what_is_typed_after_a_slash_is_a_command_and_stays_where_it_was_typed() -> None:
    desk = Desk()
    assert desk.press("/", "h", "i", "enter") == "/hi\nCommand: "
    assert desk.commands == ["hi"]


def test_a_text_without_a_chat_says_what_to_do() -> None:
    desk = Desk()
    assert "No chat is open. /take takes the next customer" in desk.press("h", "i", "enter")


def test_a_key_of_the_table_does_its_action() -> None:
    desk = Desk()
    desk.press("f3", "ctrl+q")
    assert desk.ran == ["take", "leave"]


def test_a_digit_chooses_from_a_list_and_types_in_a_text() -> None:
    desk = Desk()
    chosen: list[Sequence[str]] = []
    desk.press("1")
    assert desk.paper.endswith("Command: 1")
    desk.shell.open(Choice(Displayable("Things"), rows(3), chosen.append))
    desk.shell.refresh()
    assert desk.press("2").startswith("2\n")
    assert chosen == [("r2",)]


def test_what_is_said_while_a_text_is_begun_stands_below_it_and_the_text_comes_again() -> None:
    desk = Desk()
    desk.press("h", "i")
    desk.shell.tell(Displayable("Something happened."))
    before = len(desk.paper)
    desk.shell.refresh()
    assert desk.paper[before:] == "\nSomething happened.\nCommand: hi"


def test_escape_leaves_a_list_and_no_text() -> None:
    desk = Desk()
    desk.press("h", "i")
    desk.shell.open(Choice(Displayable("Things"), rows(3), taken))
    desk.shell.refresh()
    assert desk.press("escape").endswith("Left.\nCommand: hi")
