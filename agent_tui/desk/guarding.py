"""What speaks against sending a text at once: it names another customer, or a colleague has answered."""

from __future__ import annotations

import re
from typing import Final

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import ColleagueAnswered, NamesAnother, Notice
from agent_tui.desk.text import NOTHING, Displayable

_WORD: Final = re.compile(r"[\w'’-]+")
_GREETING: Final = 3
"""Words at the beginning among which whoever is spoken to is named: “Hei”, “Good morning”, “Hyvä rouva”."""


def doubt(state: DeskState, chat: Chat, text: str, *, note: bool) -> Notice | None:
    """Why the agent should think twice before this leaves; ``None`` when nothing speaks against it.

    Looks at the open tabs only, of which there are few.
    """
    if chat.colleague_wrote:
        return ColleagueAnswered(chat.card.name, chat.colleague_wrote)
    named = state.rules.checks.others and not note
    other = _other_named(state, chat, text.casefold()) if named else None
    return None if other is None else NamesAnother(chat.card.name, other)


def _other_named(state: DeskState, chat: Chat, text: str) -> Displayable | None:
    own = _names(chat)
    addressed = set(_WORD.findall(text)[:_GREETING]) - {_first_name(chat.card.name), _my_name(state)}
    for conversation in state.tabs:
        other = state.chats[conversation]
        if other is chat:
            continue
        if any(_stands_in(name, text) for name in _names(other) - own):
            return other.card.name
        if _first_name(other.card.name) in addressed:
            return other.card.name
    return None


def _my_name(state: DeskState) -> str:
    return "" if state.me is None else _first_name(state.me.name)


def _first_name(name: Displayable) -> str:
    return (name.split() or [""])[0].casefold()


def _names(chat: Chat) -> set[str]:
    """Full name and e-mail; further on in a text a first name alone is anybody's."""
    name, email = " ".join(chat.card.name.split()).casefold(), chat.card.email.casefold()
    return {one for one in (name if " " in name else "", email) if one}


def _stands_in(name: str, text: str) -> bool:
    """As whole words, whatever blanks are between them; ``re`` would keep a pattern for each customer."""
    words = " ".join(text.split())
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_goes_on(words[at - 1 : at]) or _goes_on(words[end : end + 1])):
            return True
        at = words.find(name, at + 1)
    return False


def _goes_on(character: str) -> bool:
    return character.isalnum() or character == "_"


def note_draft(chat: Chat, text: str) -> None:
    """The agent's text changes to ``text``: one that begins has not been overtaken by anybody."""
    if not (chat.draft.text.strip() and text.strip()):
        chat.colleague_wrote = NOTHING


def note_colleague(chat: Chat, author: Displayable) -> None:
    """A colleague's line stands in the conversation, perhaps while the agent writes there."""
    if chat.draft.text.strip():
        chat.colleague_wrote = author or Displayable("?")
