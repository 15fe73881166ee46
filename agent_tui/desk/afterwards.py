"""What a canned response says happens once it is sent: tags, priority, sleep, closing."""

from __future__ import annotations

from collections.abc import Iterable

from agent_tui.desk.doings import (
    PriorityChosen,
    ReplySubmitted,
    ResolveRequested,
    SnoozeRequested,
    TagsChosen,
)
from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.labelling import tags_chosen
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import DoneAfterSending, StaysOpen
from agent_tui.desk.parting import priority_chosen, snooze_wanted
from agent_tui.desk.selectors import server_now
from agent_tui.desk.taking import resolve_wanted
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.told import ReplySent
from api_client.models.conversation import Priority
from canned.model import After


def merged(wishes: Iterable[After]) -> After:
    """What several responses of one text want together: all tags, the last priority; closing beats sleep."""
    tags: dict[str, None] = {}
    priority, snooze, resolve = None, None, False
    for one in wishes:
        tags |= dict.fromkeys(one.tags)
        priority = one.priority or priority
        snooze = one.snooze or snooze
        resolve |= one.resolve
    return After(tuple(tags), priority, None if resolve else snooze, resolve)


def note_sent(chat: Chat, event: ReplySubmitted) -> None:
    """Remember what is to follow the text, under its id: it may leave late, or at the second try."""
    after = merged(passage.after for passage in event.marks.passages)
    if after != After() and not event.note:
        chat.afterwards[event.echo] = after


def reply_sent(state: DeskState, event: ReplySent, now: float) -> list[DeskEffect]:
    """The customer has the text: do what it says. Nothing is closed over words that came meanwhile."""
    chat = state.chats.get(event.conversation)
    after = None if chat is None else chat.afterwards.pop(event.echo, None)
    if chat is None or after is None:
        return []
    effects = _marked(state, chat, after, now)
    if not after.resolve and after.snooze is None:
        return effects
    if chat.customer_wrote > event.line.order or chat.draft.text.strip():
        return [*effects, Notify(StaysOpen(chat.card.name))]
    if after.resolve:
        return [*effects, *resolve_wanted(state, ResolveRequested(chat.id), now)]
    return [*effects, *_asleep(state, chat, after, now)]


def _marked(state: DeskState, chat: Chat, after: After, now: float) -> list[DeskEffect]:
    held = {tag.value for tag in chat.tags}
    effects = tags_chosen(state, TagsChosen(chat.id, frozenset(held.union(after.tags))), now)
    if after.priority is not None:
        effects += priority_chosen(state, PriorityChosen(chat.id, Priority(after.priority)))
    if not effects:
        return []
    tags = Displayable(", ".join(clean_line(tag) for tag in after.tags if tag not in held))
    return [*effects, Notify(DoneAfterSending(chat.card.name, tags))]


def _asleep(state: DeskState, chat: Chat, after: After, now: float) -> list[DeskEffect]:
    server = server_now(state, now)
    if server is None or after.snooze is None:
        return []
    return snooze_wanted(state, SnoozeRequested(chat.id, server + after.snooze * 60), now)
