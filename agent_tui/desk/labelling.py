"""Tags of a conversation: shown at once, put back when the backend refuses."""

from __future__ import annotations

from agent_tui.desk.doings import TagsChosen
from agent_tui.desk.effects import DeskEffect, Notify, SetTags
from agent_tui.desk.holding import drop_retagged, note_retagged
from agent_tui.desk.model import Chat, DeskState, Label
from agent_tui.desk.notice import TaggingFailed
from agent_tui.desk.text import clean_line
from agent_tui.desk.told import TagsFailed, TagsSaved


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
        return []
    drop_retagged(state, chat.id)
    if _is_last_answer(chat):
        chat.tags = event.tags
    return [Notify(TaggingFailed(chat.card.name, event.problem))]


def _is_last_answer(chat: Chat) -> bool:
    chat.tags_saving = max(0, chat.tags_saving - 1)
    return chat.tags_saving == 0
