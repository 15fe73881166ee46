"""What can be done at the desk, subject by subject: makes them all and gathers their actions."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual.screen import Screen

from agent_tui.bridge import Bridge
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.file_model import Picture
from agent_tui.desk.transcript import Line
from agent_tui.keys_in_force import Keymap
from agent_tui.looks import Looks
from agent_tui.notices import Told
from agent_tui.profiles import Whereabouts
from agent_tui.screens.appearance import Appearance
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.attaching import Attaching
from agent_tui.screens.carding import Carding
from agent_tui.screens.carrying import Carrying
from agent_tui.screens.casework import Casework
from agent_tui.screens.customer import Customers
from agent_tui.screens.dispatching import Dispatching
from agent_tui.screens.emoji_list import EmojiList
from agent_tui.screens.finding import Finding
from agent_tui.screens.health import HealthView
from agent_tui.screens.helping import Helping
from agent_tui.screens.holding_list import HoldingList
from agent_tui.screens.library_view import LibraryView
from agent_tui.screens.link_lists import LinkLists
from agent_tui.screens.marking import Marking
from agent_tui.screens.outside import Outside
from agent_tui.screens.own_texts import OwnTexts
from agent_tui.screens.panes import Panes
from agent_tui.screens.pausing import Pausing
from agent_tui.screens.popups import Popups
from agent_tui.screens.reading import Reading
from agent_tui.screens.receiving import Receiving
from agent_tui.screens.shifting import Shifting, ShiftMeans
from agent_tui.screens.subject import Reach
from agent_tui.screens.switching import Switching
from agent_tui.screens.tabbing import Tabbing
from agent_tui.screens.tagging import Tagging
from agent_tui.screens.texting import Texting
from agent_tui.theming import Palette
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.picker import Picker
from agent_tui.widgets.queue import WaitingList
from agent_tui.widgets.row_list import RowList
from themes.contract import Theme


class Ways(Struct, frozen=True):
    """What the screen does for its subjects."""

    dispatch: Callable[[DeskEvent], None]
    """Tells the desk."""
    run: Callable[[str], None]
    """Does an action of the key table."""
    tell: Callable[[Told], None]
    """Tells the agent."""
    show: Callable[[], None]
    """Brings the screen up to date."""
    go_inside: Callable[[RowList | None], None]
    """Gives the keys to a list, or back to the text."""
    go_to: Callable[[str], None]
    """Leaves for another profile."""
    leave: Callable[[], object]
    """Ends the program."""
    wear: Callable[[Theme], None]
    """Puts a theme on."""
    lend: Callable[[tuple[str, ...]], int]
    """Runs a command on the terminal, and takes the terminal back."""
    space_out: Callable[[bool], None]
    """Puts a density on."""
    look: Callable[[Picture, Callable[[str], None]], object]
    """Puts a picture over the screen, and tells what its keys asked for."""
    read_raw: Callable[[Line], object]
    """Puts a message as it came over the screen."""
    put_over: Callable[[Callable[[Palette], Screen[str]], Callable[[str | None], None]], object]
    """Puts a screen over this one, made with the palette worn, and tells what it ended with."""
    toggle_card: Callable[[], object]
    """Shows the customer's card, or hides it."""


class Subjects:
    """One attribute for each subject."""

    def __init__(
        self,
        bridge: Bridge,
        keys: Keymap,
        ways: Ways,
        *,
        looks: Looks,
        whereabouts: Whereabouts,
        panes: Panes,
        picker: Picker,
        card: CustomerCard,
        waiting: WaitingList,
        shift: ShiftMeans,
        health: HealthView,
    ) -> None:
        self.health = health
        self.popups = Popups(bridge, picker, panes, keys, run=ways.run)
        reach = Reach(bridge, picker, panes, ways.dispatch, ways.tell, self.popups.close)
        self.texting = Texting(reach)
        self.own_texts = OwnTexts(reach)
        self.links = LinkLists(reach)
        self.tagging = Tagging(reach)
        self.library = LibraryView(reach)
        self.popups.finishing = self.tagging.finishing
        self.popups.closed = self._list_closed
        self.reading = Reading(
            bridge,
            keys,
            waiting,
            dispatch=ways.dispatch,
            go_inside=ways.go_inside,
            beside_another=lambda: panes.count > 1 and bridge.state.peeked_from is not None,
        )
        self.carding = Carding(bridge, panes, dispatch=ways.dispatch, show=ways.show)
        self.casework = Casework(reach, lay_out=self.carding.begin)
        self.customers = Customers(reach, card, toggle=ways.toggle_card)
        self.dispatching = Dispatching(
            bridge,
            picker,
            panes,
            keys,
            dispatch=ways.dispatch,
            tell=ways.tell,
            leave=ways.leave,
        )
        self.tabbing = Tabbing(
            bridge,
            panes,
            dispatch=ways.dispatch,
            finish=self.popups.finish,
            show=ways.show,
            tell=ways.tell,
        )
        self.marking = Marking(
            panes,
            tell=ways.tell,
            find=lambda: ways.run("find"),
            read_raw=ways.read_raw,
            changed=ways.show,
        )
        self.finding = Finding(reach, self.marking)
        self.switching = Switching(
            picker, whereabouts, go_to=ways.go_to, close=self.popups.close, tell=ways.tell
        )
        self.pausing = Pausing(reach)
        self.holding = HoldingList(reach, run=ways.run)
        self.helping = Helping(reach)
        self.emoji = EmojiList(picker, panes, self.popups)
        self.attaching = Attaching(reach)
        self.carrying = Carrying(reach)
        self.receiving = Receiving(reach, attach=lambda: ways.run("attach"), look=ways.look)
        self.shifting = Shifting(reach, shift, tag=self.tagging.list_closed, put_over=ways.put_over)
        self.outside = Outside(panes, lend=ways.lend, tell=ways.tell)
        self.appearance = Appearance(
            looks,
            picker,
            wear=ways.wear,
            space_out=ways.space_out,
            tell=ways.tell,
            close=self.popups.close,
        )

    def _list_closed(self) -> None:
        self.links.close()
        self.tagging.closed()

    def take_key(self, key: str) -> bool:
        """A key that means something only for what is going on. Whether it was one."""
        return self.carding.take_key(key) or self.marking.take_key(key) or self.reading.take_key(key)

    def actions(self, at_hand: AtHand) -> Actions:
        """What their actions do."""
        return {
            **self.tabbing.actions(at_hand),
            **self.reading.actions(at_hand),
            **self.popups.actions(),
            **self.texting.actions(),
            **self.own_texts.actions(at_hand),
            **self.links.actions(at_hand),
            **self.tagging.actions(at_hand),
            **self.library.actions(),
            **self.casework.actions(at_hand),
            **self.carding.actions(at_hand),
            **self.customers.actions(at_hand),
            **self.dispatching.actions(at_hand),
            **self.marking.actions(),
            **self.finding.actions(at_hand),
            **self.attaching.actions(at_hand),
            **self.emoji.actions(at_hand),
            **self.carrying.actions(at_hand),
            **self.receiving.actions(at_hand),
            **self.outside.actions(at_hand),
            **self.appearance.actions(),
            **self.health.actions(),
            **self.pausing.actions(),
            **self.shifting.actions(),
            **self.holding.actions(),
            **self.helping.actions(at_hand),
            "profile": self.switching.open,
        }
