"""The line one types on stands on the terminal as it is, whatever was typed and where the cursor stood."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.linear.line import InputLine
from agent_tui.widgets.graphemes import clusters, is_boundary

SEQUENCE = re.compile(r"\x1b\[(\d*)([A-Z])|([\s\S])")


class Paper:
    """A terminal of so many columns, as far as a line needs one."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.row = self.column = 0
        self.full = False
        """The last column is written; the next character goes to the next row."""
        self.cells: dict[tuple[int, int], str] = {}

    def take(self, out: str) -> None:
        for number, end, character in SEQUENCE.findall(out):
            many = int(number or 1)
            if character == "\r":
                self.column, self.full = 0, False
            elif character == "\n":
                self.row, self.column, self.full = self.row + 1, 0, False
            elif character == "\b":
                self.column, self.full = max(0, self.column - 1), False
            elif character:
                self._write(character)
            elif end == "J":
                self.cells = {at: one for at, one in self.cells.items() if at < (self.row, self.column)}
            else:
                self.row += {"A": -many, "B": many}.get(end, 0)
                self.column += many if end == "C" else 0
                self.full = False

    def _write(self, character: str) -> None:
        if self.full:
            self.row, self.column, self.full = self.row + 1, 0, False
        self.cells[self.row, self.column] = character
        if self.column == self.columns - 1:
            self.full = True
        else:
            self.column += 1

    @property
    def text(self) -> str:
        rows = 1 + max((row for row, _ in self.cells), default=0)
        lines = ("".join(self.cells.get((row, at), " ") for at in range(self.columns)) for row in range(rows))
        return "\n".join(line.rstrip() for line in lines).rstrip()


def laid_out(text: str, columns: int) -> str:
    paper = Paper(columns)
    paper.take(text)
    return paper.text


typed = st.tuples(st.text("ab ä\n", max_size=40), st.integers(0, 40))


@given(st.integers(4, 12), st.lists(typed, max_size=8))
def test_the_terminal_shows_the_text_with_the_cursor_in_its_place(
    columns: int, steps: list[tuple[str, int]]
) -> None:
    line, paper = InputLine(lambda: columns), Paper(columns)
    for text, at in steps:
        caret = min(at, len(text))
        paper.take(line.draw("A: ", text, caret))
        assert paper.text == laid_out("A: " + text, columns)
        before = Paper(columns)
        before.take("A: " + text[:caret])
        here = (before.row + 1, 0) if before.full else (before.row, before.column)
        assert (paper.row, paper.column) == here


@given(st.integers(4, 12), st.text("ab ä", max_size=40), st.integers(0, 40))
def test_what_is_said_in_place_of_the_line_begins_where_it_began(columns: int, text: str, at: int) -> None:
    line, paper = InputLine(lambda: columns), Paper(columns)
    paper.take(line.draw("A: ", text, min(at, len(text))) + line.wipe())
    assert (paper.row, paper.column, paper.text) == (0, 0, "")


def test_typing_on_writes_the_letter_alone() -> None:
    line = InputLine(lambda: 80)
    line.draw("A: ", "hell", 4)
    assert line.draw("A: ", "hello", 5) == "o"


def test_going_on_leaves_the_line_as_it_was() -> None:
    line = InputLine(lambda: 80)
    line.draw("A: ", "hello", 2)
    assert line.leave() == "\r\x1b[8C\n"
    assert line.draw("A: ", "", 0) == "A: "


@given(st.text("e\u0301👩\u200d💻ab", max_size=12), st.text("e\u0301👩\u200d💻ab", max_size=12))
def test_a_character_of_several_parts_is_never_written_in_part(one: str, other: str) -> None:
    line = InputLine(lambda: 80)
    line.draw("", one, len(one))
    written = re.sub(r"\x1b\[\d*[A-Z]|[\b\r]", "", line.draw("", other, len(other)))
    assert is_boundary(other, len(other) - len(written))
    assert list(clusters(other))[-len(list(clusters(written))) :] == list(clusters(written)) or not written
