"""Files that are made from the code: ``python -m tests.generated`` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from agent_tui import keys_in_force
from practice.routes import table
from practice.scenario import reference
from tests import actions_page, catalogs, settings_page

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"


def keys() -> str:
    """All of docs/keys.md."""
    return f"""# Keys

Every key of the workstation, from the table in `agent_tui/keymap.py`. A key of your own goes into the
settings file (`docs/settings.md` says where it is), under the name in the last column:

```toml
[keys]
take = "ctrl+b"
```

A key that not every terminal sends, one that edits the text, or one that two actions share is refused with
a line that says so. Alt and a digit goes to that tab at once; in terminals that do not send it, Ctrl+G and
the digit does. Shift+Enter and Alt+Enter start a new line where the terminal sends them; Ctrl+J does
everywhere.

{keys_in_force.markdown(keys_in_force.keymap({}))}"""


def actions() -> str:
    """All of docs/actions.md."""
    return f"""# Actions

Everything the workstation can do: the key, where it works, and what it asks of the server, here a Chatwoot
server or the practice desk. Besides that the workstation fetches what it shows, listens on the live
connection, and says while you type that you type. Where the last column names something, the server must be
able to do it; if it cannot, the key stands in brackets and says so when pressed.

{actions_page.markdown()}"""


def between(page: Path, start: str, end: str, text: str) -> str:
    """A page with what stands between two markers replaced."""
    before, _, rest = page.read_text().partition(start)
    _, _, after = rest.partition(end)
    return f"{before}{start}\n{text.strip()}\n{end}{after}"


def practice() -> str:
    """docs/practice.md with its table of routes."""
    return between(DOCS / "practice.md", "<!-- routes:start -->", "<!-- routes:end -->", table.markdown())


def scenarios() -> str:
    """docs/scenarios.md with its tables of keys."""
    name = "generated: scenario tables"
    start, end = f"<!-- begin {name} (make docs) -->", f"<!-- end {name} -->"
    return between(DOCS / "scenarios.md", start, end, reference.markdown())


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "docs/keys.md": keys,
    "docs/actions.md": actions,
    "docs/settings.md": settings_page.markdown,
    "docs/practice.md": practice,
    "docs/scenarios.md": scenarios,
    "agent_tui/locale/agent_tui.pot": catalogs.template_text,
    **{
        f"agent_tui/locale/{language}/LC_MESSAGES/agent_tui.po": partial(catalogs.translation_text, language)
        for language in catalogs.LANGUAGES
    },
}
"""Who makes which file."""

COMPILED: Final[Mapping[str, Callable[[], bytes]]] = {
    f"agent_tui/locale/{language}/LC_MESSAGES/agent_tui.mo": partial(catalogs.compiled, language)
    for language in catalogs.LANGUAGES
}
"""Who makes which file that is not text."""


def main() -> None:
    """Write every file."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make())
    for name, compile_ in COMPILED.items():
        (ROOT / name).write_bytes(compile_())


if __name__ == "__main__":
    main()
