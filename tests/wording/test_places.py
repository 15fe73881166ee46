"""The words fit where they stand on a screen of 80 columns, in every language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual.geometry import Size

from agent_tui import wording
from agent_tui.desk.capacity import ChatLimits, Load
from agent_tui.desk.model import Link
from agent_tui.desk.text import Displayable
from agent_tui.desk.waiting import LIVE_CHAT
from agent_tui.keymap import ACTIONS
from agent_tui.keys_in_force import Keymap, footer, keymap, spelled
from agent_tui.profiles import Whereabouts
from agent_tui.screens.help import sheet
from agent_tui.screens.switching import desk_name
from agent_tui.theming import Palette
from agent_tui.widgets import card
from agent_tui.widgets.agent_columns import AGENT_COLUMNS
from agent_tui.widgets.cells import width
from agent_tui.widgets.columns import Column, first_cells, fitting, headings
from agent_tui.widgets.keys import Hint, KeyHints
from agent_tui.widgets.painting import Piece, row_width
from agent_tui.widgets.pictures import PictureWidget
from agent_tui.widgets.queue_columns import QUEUE_COLUMNS
from agent_tui.widgets.row_list import RowList
from agent_tui.widgets.status import Status, StatusLine
from agent_tui.wording import say
from api_client.models.people import Availability
from tests.catalogs import LANGUAGES
from themes import loader

COLUMNS = 80
HINTS = 6
"""Key hints that everybody sees, whatever the language."""
LONGEST_NAME = 11
CARD_LABELS = (
    "queue", "from page", "language", "tags", "priority", "channel", "city", "e-mail", "phone", "customer no",
    "since", "earlier",
)  # fmt: skip
"""What stands left of the facts on the customer's card."""

palette = Palette(loader.load("mono"))


@pytest.fixture(params=["en", *LANGUAGES], autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    """Every test is done in every language."""
    chosen = str(request.param)
    wording.choose_language([chosen])
    return chosen


def of_80(widget: PictureWidget | RowList) -> None:
    widget._size = Size(COLUMNS, 24)


def keys() -> Keymap:
    return keymap({})


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_first_key_hints_stand_in_the_footer() -> None:
    row = KeyHints(palette)
    of_80(row)
    row._hints = [Hint(Displayable(spelled(keys().key(one.id))), say(one.label)) for one in footer()]
    footed = shown(row.picture(0).pieces)
    for one in footer()[:HINTS]:
        assert f" {spelled(keys().key(one.id))} {say(one.label)} " in footed


@pytest.mark.parametrize("columns", [QUEUE_COLUMNS, AGENT_COLUMNS], ids=["queues", "agents"])
def test_the_heads_of_the_board_keep_apart(columns: Sequence[Column[Any]]) -> None:
    assert not [column.id for column in columns[1:] if width(column.head()) > column.cells]
    heads = headings(fitting(columns, COLUMNS), COLUMNS, columns[1].id)
    assert "…" not in shown(heads)
    assert row_width(heads) == COLUMNS


def test_the_labels_of_the_card_fit_before_the_facts() -> None:
    assert not [label for label in CARD_LABELS if width(say(label)) > card._LABEL_CELLS]


def test_every_line_of_the_help_fits(language: str) -> None:
    rows = sheet(keys())
    wording.choose_language(["en"])
    originals = sheet(keys())
    wording.choose_language([language])
    assert not [
        shown(row) for row, original in zip(rows, originals, strict=True)
        if row_width(row) > max(COLUMNS, row_width(original))
    ]  # fmt: skip


def test_a_label_is_short_enough_for_the_palette() -> None:
    assert not [action.id for action in ACTIONS if width(say(action.label)) > 24]


@pytest.mark.parametrize("link", [Link.LIVE, Link.STARTING, Link.LOST, Link.REFUSED])
def test_the_status_line_holds_everything(link: Link) -> None:
    line = StatusLine(palette, desk=desk_name(Whereabouts(practice=link is Link.LIVE)))
    of_80(line)
    line._status = Status(
        link, 0.0, Displayable("N" * LONGEST_NAME), Availability.ONLINE, 12, 3, 0.0, LIVE_CHAT, 247.0,
        load=Load(open=8, awake=7, weight=6.25, limits=ChatLimits(2, 6), rush=True, eased=1),
        auto=True,
    )  # fmt: skip
    assert "…" not in shown(line.picture(0).pieces)


def test_on_a_wide_screen_a_name_stays_near_its_figures() -> None:
    assert first_cells(QUEUE_COLUMNS, 300) == 44
    assert first_cells(fitting(QUEUE_COLUMNS, 80), 80) < 44
