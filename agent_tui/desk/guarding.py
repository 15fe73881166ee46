"""What speaks against sending a text at once: it names another customer, or a colleague has answered."""

from __future__ import annotations

import re

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import ColleagueAnswered, NamesAnother, Notice
from agent_tui.desk.text import NOTHING, Displayable


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
    for conversation in state.tabs:
        other = state.chats[conversation]
        if other is not chat and any(_stands_in(name, text) for name in _names(other) - own):
            return other.card.name
    return None


def _names(chat: Chat) -> set[str]:
    """Full name and e-mail; a first name alone is anybody's."""
    name, email = " ".join(chat.card.name.split()).casefold(), chat.card.email.casefold()
    return {one for one in (name if " " in name else "", email) if one}


def _stands_in(name: str, text: str) -> bool:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text) is not None


def note_draft(chat: Chat, text: str) -> None:
    """The agent's text changes to ``text``: one that begins has not been overtaken by anybody."""
    if not (chat.draft.text.strip() and text.strip()):
        chat.colleague_wrote = NOTHING


def note_colleague(chat: Chat, author: Displayable) -> None:
    """A colleague's line stands in the conversation, perhaps while the agent writes there."""
    if chat.draft.text.strip():
        chat.colleague_wrote = author or Displayable("?")
