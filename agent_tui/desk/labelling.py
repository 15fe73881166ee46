"""Tags of a conversation: shown at once, put back when the backend refuses."""

from __future__ import annotations

from collections import Counter
from typing import Final, assert_never

from agent_tui.desk.answered import ClosedFailed, ClosedListed, TagsCounted
from agent_tui.desk.doings import ClosedRequested, TagsAdded, TagsChosen, TagsOpened
from agent_tui.desk.effects import CountTags, DeskEffect, ListClosed, Notify, SetTags
from agent_tui.desk.failure_notice import ClosedNotListed, TaggingFailed
from agent_tui.desk.holding import drop_retagged, note_retagged
from agent_tui.desk.model import Chat, DeskState, Label, TagCounts
from agent_tui.desk.notice import SeveralTagged
from agent_tui.desk.text import NOTHING, clean_line
from agent_tui.desk.told import TagsFailed, TagsSaved
from api_client.models.identity import QueueId

COUNT_AGAIN_AFTER: Final = 900.0
"""Seconds after which the tags of a queue are counted anew."""


def tags_chosen(state: DeskState, event: TagsChosen, now: float) -> list[DeskEffect]:
    """Show the agent's choice and save what it changes; they may take it back for a while."""
    effects = choose_tags(state, event)
    for effect in effects:
        note_retagged(state, state.chats[event.conversation], effect.add, effect.remove, now)
    return [*effects]


def choose_tags(state: DeskState, event: TagsChosen) -> list[SetTags]:
    """Show this set and save what it changes."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    was = chat.tags
    held = frozenset(tag.value for tag in was)
    if held == event.tags:
        return []
    chat.tags = _chosen(state, chat, event.tags)
    chat.tags_saving += 1
    return [SetTags(chat.id, add=event.tags - held, remove=held - event.tags, was=was)]


def _chosen(state: DeskState, chat: Chat, values: frozenset[str]) -> tuple[Label, ...]:
    """Labels of the chosen tags: those it has stay in their order, new ones follow by name."""
    kept = [tag for tag in chat.tags if tag.value in values]
    listed = {tag.value: tag for tag in state.tags}
    new = sorted(values - {tag.value for tag in kept})
    return (*kept, *(listed.get(value) or Label(value, clean_line(value)) for value in new))


def tags_saved(state: DeskState, event: TagsSaved) -> list[DeskEffect]:
    """The backend's tags hold, unless the agent has chosen again since."""
    chat = state.chats.get(event.conversation)
    if chat is not None and _is_last_answer(chat):
        chat.tags = event.tags
    return []


def tags_failed(state: DeskState, event: TagsFailed) -> list[DeskEffect]:
    """Back to the tags before, unless the agent has chosen again since."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return [Notify(TaggingFailed(NOTHING, event.problem))]
    drop_retagged(state, chat.id)
    if _is_last_answer(chat):
        chat.tags = event.tags
    return [Notify(TaggingFailed(chat.card.name, event.problem))]


def _is_last_answer(chat: Chat) -> bool:
    chat.tags_saving = max(0, chat.tags_saving - 1)
    return chat.tags_saving == 0


def further_wanted(
    state: DeskState, event: TagsOpened | TagsAdded | ClosedRequested, now: float
) -> list[DeskEffect]:
    """The tag editor opened, several conversations are to be tagged, or the closed ones to be listed."""
    match event:
        case TagsOpened(conversation):
            chat = state.chats.get(conversation)
            return [] if chat is None else [*count_tags(state, chat.queue, now)]
        case TagsAdded():
            return _add_tags(state, event)
        case ClosedRequested():
            state.closed = None
            return [ListClosed()]
        case _:
            assert_never(event)


def count_tags(state: DeskState, queue: QueueId, now: float) -> list[CountTags]:
    """Ask which tags the queue's chats have, unless that was asked a while ago."""
    counts = state.tag_counts.get(queue)
    if counts is not None and now < counts.at_local + COUNT_AGAIN_AFTER:
        return []
    state.tag_counts[queue] = TagCounts(Counter() if counts is None else counts.times, now)
    return [CountTags(queue)]


def tags_counted(state: DeskState, event: TagsCounted, now: float) -> list[DeskEffect]:
    """Now it is known."""
    state.tag_counts[event.queue] = TagCounts(event.times, now)
    return []


def _add_tags(state: DeskState, event: TagsAdded) -> list[DeskEffect]:
    """Each conversation keeps what it has; those the desk does not hold are changed all the same."""
    if not event.tags:
        return []
    effects: list[DeskEffect] = []
    for conversation in event.conversations:
        chat = state.chats.get(conversation)
        if chat is None:
            effects.append(SetTags(conversation, add=event.tags, remove=frozenset(), was=()))
        else:
            held = frozenset(tag.value for tag in chat.tags)
            effects += choose_tags(state, TagsChosen(conversation, held | event.tags))
    return [*effects, Notify(SeveralTagged(len(event.conversations)))]


def closed_listed(state: DeskState, event: ClosedListed | ClosedFailed) -> list[DeskEffect]:
    """The list is there, or cannot be had."""
    if isinstance(event, ClosedFailed):
        state.closed = ()
        return [Notify(ClosedNotListed(event.problem))]
    state.closed = event.hits
    return []
