"""The message catalogs: what there is to translate, and what the translators made of it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from agent_tui import keymap, settings

ROOT: Final = Path(__file__).resolve().parents[1]
LOCALE: Final = ROOT / "agent_tui" / "locale"
LANGUAGES: Final = ("fi", "sv", "nl")
MODULES: Final = sorted((ROOT / "agent_tui").rglob("*.py"))
SENTENCES: Final = {"say": 1, "count": 2}
"""What shows text (``agent_tui.wording``), and how many of its first arguments are sentences."""
_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""One date for all, so that a catalog changes only when a sentence does."""
_WIDTH: Final = 100


def template() -> Catalog:
    """Every sentence of ours that a translator is to translate, without translations."""
    catalog = Catalog(project="agent-tui", charset="utf-8")
    for call in (call for path in MODULES for call in calls(path)):
        sentences = [one for one in written(call) if one is not None]
        if sentences:
            catalog.add(sentences[0] if len(sentences) == 1 else sentences)
    for sentence in _tabled():
        catalog.add(sentence)
    return catalog


def calls(path: Path) -> Iterator[ast.Call]:
    """Where a module shows text, f-strings included, which Babel's own extraction passes over."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SENTENCES:
            yield node


def written(call: ast.Call) -> list[str | None]:
    """The sentences of a call as they stand there; ``None`` for one that does not."""
    names = call.args[: SENTENCES[call.func.id]] if isinstance(call.func, ast.Name) else []
    return [
        one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else None for one in names
    ]


def _tabled() -> Iterator[str]:
    """Sentences that stand in tables and not where they are shown."""
    for action in keymap.ACTIONS:
        yield action.label
        yield action.help
    for _, _, kind in settings.each_setting():
        yield settings.description(kind)


def translation(language: str) -> Catalog:
    """The catalog of a language as its file has it."""
    with (LOCALE / language / "LC_MESSAGES" / "agent_tui.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.creation_date = catalog.revision_date = _MADE
    return catalog


def merged(language: str) -> Catalog:
    """The catalog of a language with the sentences there are now; what is gone from the code is gone."""
    catalog = translation(language)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    for message in [one for one in catalog if one.id and not translated(one)]:
        catalog.delete(message.id)
    return catalog


def translated(message: Message) -> bool:
    """Whether every form of a message has its words."""
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def template_text() -> str:
    """The template as a file."""
    return _text(template())


def translation_text(language: str) -> str:
    """A language's merged catalog as a file."""
    catalog = merged(language)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header + _text(catalog)


def compiled(language: str) -> bytes:
    """A language's merged catalog for the program."""
    out = BytesIO()
    write_mo(out, merged(language))
    return out.getvalue()


def _text(catalog: Catalog) -> str:
    out = BytesIO()
    write_po(out, catalog, omit_header=True, sort_output=True, width=_WIDTH)
    return out.getvalue().decode()


def untranslated(language: str) -> list[str]:
    """Sentences that the catalog of a language lacks; of a plural, its singular."""
    known = {str(message.id) for message in merged(language)}
    return [str(forms[0]) for forms in map(_forms, template()) if forms[0] and str(forms[1]) not in known]


def _forms(message: Message) -> tuple[str, object]:
    return (message.id, message.id) if isinstance(message.id, str) else (message.id[0], message.id)


if __name__ == "__main__":
    for each in LANGUAGES:
        for sentence in untranslated(each):
            sys.stdout.write(f"{each}: {sentence}\n")
