"""Which tags are likely for a chat and why, which are used in its queue, and which it needs. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Final

from msgspec import Struct

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.rules import TagRule
from agent_tui.desk.selectors import tag_choices
from agent_tui.desk.speech import language_for, newest_first
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.desk.view import TagChoice
from api_client.models.message import MessageKind
from canned.stems import Stems

ANY_QUEUE: Final = "*"
_READ: Final = 3_000
"""Characters of the customer's words that are read, the newest."""
_SHORTEST: Final = 4
"""Letters of a stem that says something."""
_BEGINS: Final = 5
"""Letters of a stem that may begin a longer word, as in compounds."""
_ALIKE: Final = 7
"""Letters that long stems share when they are of one word."""
_MOST: Final = 3
"""Tags suggested for words."""
_WORD: Final = re.compile(r"[^\W\d_]+")


class FromCanned(Struct, frozen=True):
    """A canned response that was sent suggests it."""

    shortcut: Displayable


class FromWord(Struct, frozen=True):
    """The customer wrote this."""

    word: Displayable


class Often(Struct, frozen=True):
    """It stands on so many of the newest chats of the queue."""

    times: int


Why = FromCanned | FromWord | Often
"""Why a tag stands before others."""


class LikelyTag(Struct, frozen=True):
    """A tag to choose, and why it stands where it does; ``None`` for those in the account's order."""

    choice: TagChoice
    why: Why | None


def likely_tags(state: DeskState, chat: Chat, stems: Stems) -> list[LikelyTag]:
    """All tags: the chat's own, those suggested, those most used in the queue, the rest."""
    choices = tag_choices(state, chat)
    why = _reasons(state, chat, choices, stems)
    ranks = {value: rank for rank, value in enumerate(why)}
    return [
        LikelyTag(choice, why.get(choice.value))
        for choice in sorted(
            choices, key=lambda choice: (not choice.chosen, ranks.get(choice.value, len(ranks)))
        )
    ]


def _reasons(state: DeskState, chat: Chat, choices: list[TagChoice], stems: Stems) -> Mapping[str, Why]:
    """Why each tag is likely, the likeliest first."""
    known = {choice.value for choice in choices}
    found: dict[str, Why] = {}
    for passage in chat.prepared:
        for tag in passage.tags:
            if tag in known:
                found.setdefault(tag, FromCanned(clean_line(passage.shortcut)))
    for tag, word in _from_words(chat, choices, stems):
        found.setdefault(tag, FromWord(word))
    counts = state.tag_counts.get(chat.queue)
    for tag, times in counts.times.most_common() if counts is not None else ():
        if tag in known:
            found.setdefault(tag, Often(times))
    return found


def _from_words(chat: Chat, choices: list[TagChoice], stems: Stems) -> Iterator[tuple[str, Displayable]]:
    """Tags whose name or description shares a word with what the customer wrote, by how much they share.

    A word of the tag's name counts for two; a word that many tags have says nothing.
    """
    language = language_for(chat)
    written = _stems_of(_words_of(chat), language, stems)
    named = {choice.value: _stems_of(choice.value, language, stems) for choice in choices}
    described = {choice.value: _stems_of(choice.description, language, stems) for choice in choices}
    spread = Counter(stem for value in named for stem in {*named[value], *described[value]})
    scores: dict[str, tuple[float, str]] = {}
    for value, own in named.items():
        shared = [
            ((2 if stem in own else 1) / spread[stem], word)
            for stem in {*own, *described[value]}
            if (word := _written(stem, written)) is not None
        ]
        if shared:
            scores[value] = (sum(score for score, _ in shared), max(shared)[1])
    best = sorted((value for value in scores if scores[value][0] >= 1), key=lambda value: -scores[value][0])
    yield from ((value, clean_line(scores[value][1])) for value in best[:_MOST])


def _words_of(chat: Chat) -> str:
    theirs = (line.text for line in newest_first(chat) if line.kind is MessageKind.CUSTOMER)
    return " ".join(theirs)[:_READ]


def _stems_of(text: str, language: str, stems: Stems) -> dict[str, str]:
    """The stems that say something, each with its word as it stands."""
    words = _WORD.findall(text.casefold())
    pairs = ((next(stems.of(word, language), ""), word) for word in words)
    return {stem: word for stem, word in pairs if len(stem) >= _SHORTEST}


def _written(stem: str, written: Mapping[str, str]) -> str | None:
    """The customer's word for a stem: the same, or one that is akin."""
    if stem in written or len(stem) < _BEGINS:
        return written.get(stem)
    return next((word for other, word in written.items() if _akin(stem, other)), None)


def _akin(stem: str, other: str) -> bool:
    """A compound that begins with it, or one that differs in its last letter: stems of one word may."""
    pairs = zip(stem, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared == len(stem) or shared >= max(_ALIKE, min(len(stem), len(other)) - 1)


def needed_tag(state: DeskState, chat: Chat) -> TagRule | None:
    """The rule that keeps this chat from being closed yet; ``None`` when it may be."""
    queue = state.queues.get(chat.queue)
    name = "" if queue is None else queue.raw_name.casefold()
    rules = {rule.queue.casefold(): rule for rule in state.rules.tags}
    rule = rules.get(name) or rules.get(ANY_QUEUE)
    held = {tag.value.casefold() for tag in chat.tags}
    if rule is None:
        return None
    return None if held.intersection(map(str.casefold, rule.one_of)) or (held and not rule.one_of) else rule


def allowed(rule: TagRule) -> Displayable:
    """The tags of a rule of which one is needed, in a row; empty where any will do."""
    return clean_line(", ".join(rule.one_of)) if rule.one_of else NOTHING
