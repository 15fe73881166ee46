"""Short texts of the workstation that follow from the state: status line, hints, typing marks."""

from __future__ import annotations

from agent_tui.desk import auto_take, selectors
from agent_tui.desk.loads import own_load
from agent_tui.desk.model import Chat, DeskState, QueueInfo
from agent_tui.desk.standing import assigned_to_me, served_queues
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.waiting import promise_for
from agent_tui.keymap import ACTION_OF
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.screens import asides
from agent_tui.widgets.status import Status
from agent_tui.wording import say
from api_client.models import conversation as stands


def status(state: DeskState, keys: Keymap, now: float, server: float) -> Status:
    """The status line at local time ``now`` and server time ``server``."""
    said = asides.said(state, server, key_of(keys, "holding"))
    first = next(iter(selectors.waiting_rows(state, 1)), None)
    return Status(
        link=state.connection.link,
        heard_ago=max(0.0, now - state.connection.heard_at_local),
        agent=NOTHING if state.me is None else state.me.name,
        availability=state.availability,
        handled=state.handled,
        waiting=selectors.waiting_count(state),
        longest_since=None if first is None else first.since,
        promise=promise_for("") if first is None else first.promise,
        server_now=server,
        pause=state.pause.reason,
        paused_for=None if state.pause.since_local is None else now - state.pause.since_local,
        aside=said.pieces,
        pressing=said.pressing,
        load=own_load(state, server),
        auto=auto_take.is_on(state),
    )


def can(state: DeskState, action: str) -> bool:
    """Whether the backend can do what an action needs; before the sign-in nothing is known against it."""
    needs = ACTION_OF[action].needs
    return needs is None or state.me is None or needs in state.capabilities


def no_chat_open(state: DeskState, keys: Keymap) -> Displayable:
    """What to do when no chat is on the screen."""
    if not state.listed:
        return say("Connecting to the desk …")
    if state.tabs and state.gone:
        return say(
            "The chat with {customer} is no longer yours. {key} goes to your next one.",
            customer=state.gone, key=key_of(keys, "urgent"),
        )  # fmt: skip
    if state.tabs:
        return say("{key} goes to your chat.", key=key_of(keys, "urgent"))
    return say("No chat is open. {key} takes the customer who has waited longest.", key=key_of(keys, "take"))


def nobody_waits(state: DeskState, keys: Keymap) -> Displayable:
    """Why the list of waiting customers is empty; nothing as long as that is not known."""
    if not state.listed:
        return NOTHING
    if state.queues and not served_queues(state):
        return say("You serve no queue. {key} twice, then Space.", key=key_of(keys, "queues"))
    return say("Nobody is waiting.")


def addressee(state: DeskState, chat: Chat, keys: Keymap) -> Displayable:
    """Whom a text is for; with what has become of the chat, when it is the agent's no longer."""
    customer, key = chat.card.name, key_of(keys, "tab.close")
    if chat.status is stands.Status.RESOLVED:
        return say("{customer} · closed, {key} puts it aside", customer=customer, key=key)
    if chat.assignee is None or assigned_to_me(state, chat):
        return customer
    return say(
        "{customer} · {by} has it, {key} puts it aside", customer=customer, by=chat.assignee.name, key=key
    )


def typing(chat: Chat, now: float) -> Displayable:
    """Who is writing in a conversation, as a sentence; a colleague comes first: they may answer too.

    Before them: why what the agent has written does not leave yet.
    """
    if chat.transcript.gap and chat.transcript.sending:
        return say("Fetching what was said meanwhile; your text leaves after that.")
    if now < chat.colleague_typing_until:
        return say("{who}, a colleague, is writing …", who=chat.colleague_typing)
    if now < chat.customer_typing_until:
        return say("{who} is writing …", who=chat.card.name)
    return NOTHING


def name_of(queue: QueueInfo | None) -> Displayable:
    """A queue's name, empty for none."""
    return NOTHING if queue is None else queue.name


def key_of(keys: Keymap, action: str) -> Displayable:
    """The key of an action as people write it."""
    return Displayable(spelled(keys.key(action)))
