"""What a hand-over card says of a conversation, found in its lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from agent_tui.desk.hand_over_card import HandOverCard, Part, card_of, is_receipt, parsed
from agent_tui.desk.model import Chat
from agent_tui.desk.promise_words import is_promise, sentences
from agent_tui.desk.transcript import Fate, Line
from api_client.models.message import MessageKind

_LOOKED_AT: Final = 300
"""Lines from the end that are looked at."""
_MOST: Final = 4
"""Items of one part: a card is read at a glance."""
_SHORTEST: Final = 15
"""Characters of a sentence that says something."""
_URL: Final = re.compile(r"https?://[^\s<>\"]+")
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*")


def compiled(chat: Chat) -> HandOverCard:
    """The open question, what was tried, sent and promised, the tags; with what an earlier card knew.

    The agent changes it as they like before it goes.
    """
    lines = [line for line in chat.transcript.lines[-_LOOKED_AT:] if not line.deleted]
    answers = [line for line in lines if _is_answer(line)]
    before = _newest_card(lines)
    return card_of(
        {
            Part.QUESTION: tuple(line.shielded for line in _open_question(lines)),
            Part.KNOWN: before.of(Part.KNOWN),
            Part.TRIED: (*before.of(Part.TRIED), *_last(_tried(answers))),
            Part.SENT: (*before.of(Part.SENT), *_last(_sent(chat, answers), 2 * _MOST)),
            Part.PROMISED: (*before.of(Part.PROMISED), *_last(_promised(answers))),
            Part.TAGS: (", ".join(tag.shown for tag in chat.tags),),
        }
    )


def newest_card(lines: list[Line]) -> tuple[Line, HandOverCard] | None:
    """The newest note that is a card, unless a later note says that it was read."""
    for line in reversed(lines[-_LOOKED_AT:]):
        if line.kind is MessageKind.NOTE and not line.deleted and line.fate is not Fate.FAILED:
            if is_receipt(line.raw):
                return None
            card = parsed(line.raw)
            if card is not None:
                return line, card
    return None


def _newest_card(lines: list[Line]) -> HandOverCard:
    cards = (parsed(line.raw) for line in reversed(lines) if line.kind is MessageKind.NOTE)
    return next((card for card in cards if card is not None), HandOverCard({}))


def _is_answer(line: Line) -> bool:
    return line.kind is MessageKind.AGENT and line.fate is not Fate.FAILED


def _open_question(lines: list[Line]) -> list[Line]:
    """What the customer has said since the last answer; else the last they asked, else the last they said."""
    since: list[Line] = []
    asked: Line | None = None
    said: Line | None = None
    for line in lines:
        if _is_answer(line):
            since = []
        elif line.kind is MessageKind.CUSTOMER and line.text.strip():
            since.append(line)
            asked, said = line if "?" in line.text else asked, line
    found = asked or said
    return since[-_MOST:] if since else [] if found is None else [found]


def _tried(answers: Iterable[Line]) -> Iterator[str]:
    for line in answers:
        sentences = (one.strip() for one in _SENTENCE.findall(_URL.sub("", line.shielded)))
        telling = [one for one in sentences if len(one) >= _SHORTEST and not is_promise(one)]
        # The first sentence of several is as a rule a greeting.
        yield from telling[len(telling) > 1 :][:1]


def _sent(chat: Chat, answers: Iterable[Line]) -> Iterator[str]:
    yield from (f"/{passage.shortcut}" for passage in chat.prepared)
    for line in answers:
        yield from (url.rstrip(".,;:!?)") for url in _URL.findall(line.shielded))


def _promised(answers: Iterable[Line]) -> Iterator[str]:
    for line in answers:
        yield from (sentence for sentence in sentences(line.shielded) if is_promise(sentence))


def _last(found: Iterable[str], most: int = _MOST) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))[-most:]
