"""Everything that can be shown is known to the translators."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui import wording
from agent_tui.wording import clock, count, decimal, percent, say, wanted_languages
from tests.catalogs import MODULES, ROOT, calls, written

TABLED = {"label", "help", "description"}
"""What tables of sentences are read by; the catalogs take in the whole table."""
SHOWN = [path for path in MODULES if not {"desk", "engine"} & set(path.parts[:-1])]
"""Modules with words for people; the rules and the engine have none."""
UNSEEN_NAMES = {"_WAYS", "_PAGE", "_KEYS_PART", "_SCRIPT", "DEFAULT_CSS", "_HEADERS", "lines"}
UNSEEN_CALLS = {
    "say",
    "count",
    "ConversationId",
    "Action",
    "Meta",
    "compile",
    "search",
    "add_row",
    "match",
    "sub",
    "NewType",
}
"""What takes text that nobody reads, or that the catalogs know already."""
UNSEEN_TEXTS = {"agent-tui monitor", "positional arguments", "new line", "Joost de Wit"}
"""A title no terminal is given, argparse's own word, a name in the code, and an invented person."""
LOGGING = {"debug", "info", "warning", "error", "exception"}
SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_sentence_is_written_where_it_is_shown(module: Path) -> None:
    for call in calls(module):
        for argument, sentence in zip(call.args, written(call), strict=False):
            assert sentence is not None or from_a_table(argument), (
                f"{module.name}:{call.lineno}: write the sentence into the call, word for word, "
                "or no translator ever sees it"
            )


def from_a_table(argument: ast.expr) -> bool:
    match argument:
        case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)) | ast.Name(id=name):
            return name in TABLED or name == "described"
        case _:
            return False


@pytest.mark.parametrize("module", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_goes_past_the_catalogs(module: Path) -> None:
    past = [
        f"{module.name}:{line}: {text!r}"
        for line, text in texts(module)
        if SENTENCE.search(text) and text not in UNSEEN_TEXTS
    ]
    assert not past, "pass these through agent_tui.wording.say: " + "; ".join(past)


def texts(module: Path) -> Iterator[tuple[int, str]]:
    """Texts in the code that are no docstrings and stand in no call that keeps them from people."""
    tree = ast.parse(module.read_text())
    unseen = {id(inner) for node in ast.walk(tree) if is_unseen(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            yield node.lineno, node.value


def is_unseen(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in UNSEEN_CALLS
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in UNSEEN_CALLS | LOGGING
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in UNSEEN_NAMES
        case ast.ClassDef(bases=[ast.Attribute(value=ast.Name(id="enum"))]):
            return True
        case ast.FunctionDef(name=name):
            return name in {"markdown", "_told"}
        case _:
            return False


def test_the_language_is_the_chosen_one_else_the_systems() -> None:
    assert wanted_languages("sv", {"LANG": "fi_FI.UTF-8"}) == ["sv"]
    assert wanted_languages("", {"LANG": "fi_FI.UTF-8"}) == ["fi_FI"]
    assert wanted_languages("", {"LANG": "fi_FI.UTF-8", "LC_MESSAGES": "nl_NL"}) == ["nl_NL"]
    assert wanted_languages("", {"LC_ALL": "sv_FI", "LC_MESSAGES": "nl_NL", "LANG": ""}) == ["sv_FI"]
    assert wanted_languages("", {}) == []


@pytest.mark.parametrize(
    ("language", "time", "number", "share"),
    [("en", "09:05", "1.5", "80%"), ("fi_FI", "09.05", "1,5", "80 %"), ("sv_FI", "09:05", "1,5", "80 %"),
     ("nl", "09:05", "1,5", "80%"), ("tlh", "09:05", "1.5", "80%")],
)  # fmt: skip
def test_numbers_and_times_are_written_as_the_language_does(
    language: str, time: str, number: str, share: str
) -> None:
    wording.choose_language([language])
    assert (clock(9, 5), decimal(1.5), percent(0.8)) == (time, number, share)


def test_a_sentence_and_its_plural_come_in_the_chosen_language() -> None:
    wording.choose_language(["fi_FI"])
    assert say("Nobody is waiting.") == "Kukaan ei odota."
    waiting = [count(" {n} customer is waiting", " {n} customers are waiting", n) for n in (1, 3)]
    assert waiting == [" 1 asiakas odottaa", " 3 asiakasta odottaa"]
