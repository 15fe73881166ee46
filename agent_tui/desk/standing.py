"""Where a conversation stands: whose it is, who waits, and what the backend's facts make of it.

Status, assignee, queue and wait of a chat are set here and nowhere else, so that the order of the
waiting always agrees with the chats.
"""

from __future__ import annotations

from agent_tui.desk import lines
from agent_tui.desk.model import Card, Chat, Colleague, DeskState, Draft
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.desk.told import ChatFacts
from agent_tui.desk.transcript import Line
from agent_tui.desk.waiting import counts_asleep
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId, QueueId
from api_client.models.message import MessageKind

FIRST_WORDS = 80
"""Characters of a customer's message shown in lists."""


def is_mine(state: DeskState, chat: Chat) -> bool:
    """Whether it is open and the signed-in agent's."""
    return chat.status is Status.OPEN and assigned_to_me(state, chat)


def assigned_to_me(state: DeskState, chat: Chat) -> bool:
    """Whether it is the signed-in agent's, open or not."""
    return chat.assignee is not None and state.me is not None and chat.assignee.id == state.me.id


def serves(state: DeskState, queue: QueueId) -> bool:
    """Whether the agent serves the queue: chosen, else member of it, else (member of none) any."""
    if state.served is not None:
        return queue in state.served
    info = state.queues.get(queue)
    return info is not None and (info.member or not any(each.member for each in state.queues.values()))


def served_queues(state: DeskState) -> list[QueueId]:
    """The queues the agent serves, as in :func:`serves`."""
    if state.served is not None:
        return list(state.served)
    return [info.id for info in state.queues.values() if info.member] or list(state.queues)


def name_of(state: DeskState, conversation: ConversationId) -> Displayable:
    """The customer's name, empty when the desk does not know the conversation."""
    chat = state.chats.get(conversation)
    return NOTHING if chat is None else chat.card.name


def apply_facts(state: DeskState, facts: ChatFacts, now: float) -> Chat | None:
    """Bring a chat up to date, or take it in; ``None`` when the facts are older than what is held."""
    state.asked.pop(facts.id, None)
    chat = state.chats.get(facts.id)
    if chat is None:
        chat = _new_chat(state, facts)
    elif 0 < facts.updated_at < chat.updated_at:
        return None
    else:
        before = chat.status
        _update_chat(chat, facts)
        _note_sleep(state, chat, before)
    chat.told_at_local = now
    if facts.last_line is not None:
        note_line(chat, facts.last_line)
    note_read(chat, facts.seen_by_customer_at)
    _stands(state, chat)
    return chat


def _stands(state: DeskState, chat: Chat) -> None:
    """Status, assignee or queue may have changed: the indices follow."""
    state.waiting.follow(chat)
    state.capacity.assigned.follow(chat)


def _new_chat(state: DeskState, facts: ChatFacts) -> Chat:
    chat = Chat(
        id=facts.id,
        queue=facts.queue,
        inbox=facts.inbox,
        card=facts.card,
        status=facts.status,
        created_at=facts.created_at,
        updated_at=facts.updated_at,
        last_activity_at=facts.last_activity_at,
        assignee=facts.assignee,
        tags=facts.tags,
        priority=facts.priority,
        waiting_since=facts.waiting_since,
        asleep_since=facts.updated_at if facts.status is Status.SNOOZED else None,
        first_reply_at=facts.first_reply_at,
        unread=facts.unread,
        language=facts.language,
        channel=facts.channel,
        page=facts.page,
        attributes=facts.attributes,
        utc_offset=facts.utc_offset,
        draft=state.pending_drafts.pop(facts.id, Draft()),
    )
    state.chats[facts.id] = chat
    return chat


def _update_chat(chat: Chat, facts: ChatFacts) -> None:
    chat.queue = facts.queue
    chat.inbox = facts.inbox
    chat.card = _fuller_card(chat.card, facts.card)
    chat.status = facts.status
    chat.created_at = facts.created_at
    chat.updated_at = facts.updated_at or chat.updated_at
    chat.last_activity_at = max(chat.last_activity_at, facts.last_activity_at)
    chat.assignee = facts.assignee
    chat.tags = chat.tags if chat.tags_saving else facts.tags
    chat.priority = facts.priority
    _waits_since(chat, facts.waiting_since)
    chat.first_reply_at = facts.first_reply_at or chat.first_reply_at
    chat.unread = facts.unread
    chat.language = facts.language or chat.language
    chat.channel = facts.channel or chat.channel
    chat.page = facts.page or chat.page
    chat.attributes = facts.attributes
    chat.utc_offset = facts.utc_offset if chat.utc_offset is None else chat.utc_offset


def _waits_since(chat: Chat, at: float | None) -> None:
    """What was slept away belongs to the wait during which it was."""
    if at != chat.waiting_since:
        chat.waiting_since, chat.slept = at, 0.0


def _note_sleep(state: DeskState, chat: Chat, before: Status) -> None:
    """The backend's own time of the change says when it fell asleep, and when it woke."""
    if chat.status is Status.SNOOZED:
        if before is not Status.SNOOZED or chat.asleep_since is None:
            chat.asleep_since = chat.updated_at
        return
    fell_asleep, chat.asleep_since = chat.asleep_since, None
    if fell_asleep is None or chat.waiting_since is None or counts_asleep(state, chat):
        return
    chat.slept += max(0.0, chat.updated_at - max(fell_asleep, chat.waiting_since))


def _fuller_card(held: Card, told: Card) -> Card:
    """The newer card, with what a short telling leaves out taken from the one held."""
    if told == held or told.id != held.id:
        return told
    return Card(
        id=told.id,
        name=told.name or held.name,
        raw_name=told.raw_name or held.raw_name,
        email=told.email or held.email,
        phone=told.phone or held.phone,
        identifier=told.identifier or held.identifier,
        language=told.language or held.language,
        city=told.city or held.city,
        since=told.since or held.since,
        attributes=told.attributes or held.attributes,
    )


def note_line(chat: Chat, line: Line) -> None:
    """Remember who wrote last, and the customer's words."""
    if line.kind is MessageKind.CUSTOMER and line.order >= chat.customer_wrote:
        chat.customer_wrote = line.order
        chat.first_words = clean_line(line.shielded, limit=FIRST_WORDS) or chat.first_words
    elif line.kind is MessageKind.AGENT and not line.local:
        chat.answered = max(chat.answered, line.order)


def note_read(chat: Chat, at: float | None) -> None:
    """The customer has read up to ``at``."""
    seen = chat.seen_by_customer_at or 0.0
    if at is not None and at > seen:
        chat.seen_by_customer_at = at
        lines.mark_read(chat.transcript, seen, at)


def customer_asked(state: DeskState, chat: Chat, line: Line) -> None:
    """A customer's line may begin a wait."""
    if line.order <= chat.answered or told_already(chat, line):
        return
    if chat.waiting_since is None or chat.waiting_since > line.at:
        _waits_since(chat, line.at)
        state.waiting.follow(chat)


def human_answered(state: DeskState, chat: Chat, line: Line) -> None:
    """An agent's line ends the wait, unless the customer has written since."""
    chat.first_reply_at = chat.first_reply_at or line.at
    if not told_already(chat, line) and chat.waiting_since is not None:
        if line.order > chat.customer_wrote:
            _waits_since(chat, None)
        elif chat.waiting_since <= line.at:
            _waits_since(chat, chat.customer_wrote[0])
    state.waiting.follow(chat)


def told_already(chat: Chat, line: Line) -> bool:
    """Whether the backend's facts are newer than the line, so that they count it already.

    Lines have whole seconds at worst, facts fractions.
    """
    return line.at + 1 <= chat.updated_at


def touch(state: DeskState, chat: Chat, at: float, now: float) -> None:
    """Something happened in the conversation at ``at``, heard of at local time ``now``."""
    chat.told_at_local = now
    if at > chat.last_activity_at:
        chat.last_activity_at = at
        state.waiting.follow(chat)


def put_with(state: DeskState, chat: Chat, assignee: Colleague) -> None:
    """The conversation is known to be somebody's, ahead of the backend's facts."""
    chat.assignee = assignee
    _stands(state, chat)


def put_out_of_sight(state: DeskState, chat: Chat) -> None:
    """The backend no longer shows the conversation to the agent: it is not open for them."""
    chat.status = Status.RESOLVED
    _stands(state, chat)


def is_watched(state: DeskState, chat: Chat) -> bool:
    """Whether it is open on the screen, in a tab or to be read only."""
    return chat.id in state.tabs or chat.id in {state.peeked, state.beside}


def keeps_lines(state: DeskState, chat: Chat) -> bool:
    """Whether its lines are worth memory: shown, mine, waiting, or with something undelivered."""
    transcript = chat.transcript
    return (
        chat.id in state.waiting
        or is_mine(state, chat)
        or is_watched(state, chat)
        or bool(transcript.sending or transcript.undelivered)
    )


def release(state: DeskState, chat: Chat) -> None:
    """Let go of lines that nobody looks at any more."""
    if chat.transcript.lines and not keeps_lines(state, chat):
        chat.transcript = lines.emptied(chat.transcript)


def forget(state: DeskState, conversation: ConversationId) -> None:
    """Drop a conversation altogether; it has neither tab nor draft."""
    state.waiting.drop(conversation)
    state.capacity.assigned.drop(conversation)
    state.typing.pop(conversation, None)
    state.typists.discard(conversation)
    del state.chats[conversation]
