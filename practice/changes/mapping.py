"""The bot layer before the people: what it found out stands in a note, in the form of a hand-over card.

The bot tells its findings in the customer's name, as their first message, with a line in brackets and one
``Label: finding`` a line. Staff gets the same in the form that workstations show as a card::

    ⇄ Lintubot
    ? Open
    - join them, keep the card
    · Known
    - Matter: two accounts after changing employer
"""

from __future__ import annotations

import re
from typing import Final

from practice.announcing import MessageEvent
from practice.changes.records import Draft, add_message
from practice.desk import Change
from practice.store import people
from practice.store.rows import OUTGOING, Conversation

BOT: Final = "bot"
"""The additional attribute of inboxes with a bot before the people: its name."""
_SIGNS: Final = {
    "Open": "?",
    "Avoinna": "?",
    "Tried": "✓",
    "Kokeiltu": "✓",
    "Sent": "↗",
    "Lähetetty": "↗",
}
_KNOWN: Final = {"Open": "Known", "Avoinna": "Tiedossa"}
"""What the rest is called, by the word for what is open."""
_ORDER: Final = ("?", "·", "✓", "↗")
_HEAD: Final = re.compile(r"\[[^\]\n]{1,100}\]\n")


def card_of(bot: str, told: str) -> str | None:
    """What the bot told as a card, ``None`` when it told nothing."""
    head = _HEAD.match(told)
    if head is None:
        return None
    found: dict[str, list[tuple[str, str]]] = {}
    for row in told[head.end() :].splitlines():
        label, colon, words = row.partition(":")
        if colon and words.strip():
            found.setdefault(_SIGNS.get(label, "·"), []).append((label, words.strip()))
    if "?" not in found:
        return None
    asked = found["?"][0][0]
    rows = [f"⇄ {bot}"]
    for sign in _ORDER:
        said = found.get(sign, [])
        if said:
            rows.append(f"{sign} {_KNOWN[asked] if sign == '·' else said[0][0]}")
        rows += [f"- {label}: {words}" if sign == "·" else f"- {words}" for label, words in said]
    return "\n".join(rows)


def lay_out(change: Change, conversation: Conversation, told: str) -> None:
    """Leave the note where a bot stands before the people; a customer cannot write one."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    bot = "" if inbox is None else str(inbox.additional_attributes.get(BOT) or "")
    card = card_of(bot, told) if bot else None
    if card is not None:
        row = add_message(change, conversation, Draft(kind=OUTGOING, content=card, private=True))
        change.events.append(MessageEvent("message.created", row.id))
