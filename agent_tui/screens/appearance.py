"""How the desk looks, changed while it is in use: the theme, tried on from a list, and the density."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.looks import Looks
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from themes.contract import Kind, Theme


class Appearance:
    """``wear`` puts a theme on, ``space_out`` a density; ``tell`` tells the agent something."""

    def __init__(
        self,
        looks: Looks,
        picker: Picker,
        *,
        wear: Callable[[Theme], None],
        space_out: Callable[[bool], None],
        tell: Callable[[Told], None],
        close: Callable[[], None],
    ) -> None:
        self._themes = {theme.name: theme for theme in (looks.theme, *looks.others)}
        self._unusable = looks.unusable
        self._theme = looks.theme
        self._airy = looks.airy
        self._picker = picker
        self._wear = wear
        self._space_out = space_out
        self._tell = tell
        self._close = close

    def actions(self) -> Actions:
        """What its actions do."""
        return {"theme": self._open, "density": self._switch_density}

    def _open(self) -> None:
        """The one that is worn comes first; the one under the cursor is put on at once."""
        worn = self._theme
        asking = Asking(
            say("Themes · Enter keeps, Esc goes back to {theme}", theme=clean_line(worn.name)),
            Displayable(""),
            lambda ids: self._keep(ids[0]),
            lambda: self._put_on(worn.name),
            moved=self._put_on,
        )
        others = [theme for theme in self._themes.values() if theme is not worn]
        rows = [_row(theme) for theme in (worn, *others)]
        self._close()
        self._picker.open(asking, rows + [_broken(*item) for item in self._unusable.items()])

    def _put_on(self, name: str) -> None:
        theme = self._themes.get(name)
        if theme is not None and theme is not self._theme:
            self._theme = theme
            self._wear(theme)

    def _keep(self, name: str) -> None:
        self._put_on(name)
        line = clean_line(f'theme = "{name}"')
        words = say("For every time: {line} under [desk] in your settings.", line=line)
        self._tell(Told(words, Weight.FACT))

    def _switch_density(self) -> None:
        self._airy = not self._airy
        self._space_out(self._airy)


def _row(theme: Theme) -> PickRow:
    kinds = {Kind.DARK: say("dark"), Kind.LIGHT: say("light"), Kind.MONO: say("without colour")}
    return PickRow(theme.name, clean_line(theme.name), kinds[theme.kind])


def _broken(name: str, why: str) -> PickRow:
    return PickRow(f"{name}.toml", clean_line(name), clean_line(why), enabled=False)
