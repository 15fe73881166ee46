"""Which key does what: the one table that bindings, footer, help, palette, overrides and docs come from."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from api_client.backend import Capability


class Where(enum.Enum):
    """Where an action can be reached by its key."""

    DESK = "desk"
    """Everywhere at the desk, also while typing."""
    WAITING = "waiting"
    """While the keys are for the waiting customers (after ``queues``); not open to change."""
    PEEK = "peek"
    """While a chat is only read; not open to change."""
    MARKED = "marked"
    """While the keys are for a marked message; not open to change."""
    BOARD = "board"
    """On the lead's board; not open to change."""
    COMPOSER = "composer"
    """While typing a reply or note; handled by the composer and not open to change."""


class Action(Struct, frozen=True):
    """Something the agent can do. ``label`` and ``help`` are English originals for the catalogs."""

    id: str
    key: str
    """Default key in Textual's spelling; empty when it is reached by the palette alone."""
    label: str
    """One or two words for the footer."""
    help: str
    """One line for the help screen and the palette."""
    where: Where = Where.DESK
    needs: Capability | None = None
    """What the backend must be able to do; without it the key is dimmed and says why."""
    footer: int = 0
    """Place in the footer from 1; 0 keeps it out."""


ACTIONS: tuple[Action, ...] = (
    Action("help", "f1", "Help", "Show every key and what it does.", footer=1),
    Action("queues", "f2", "Queues", "Go to the queues: choose which to serve, pick a customer.", footer=8),
    Action("take", "f3", "Take next", "Take the customer who has waited longest.", footer=2),
    Action("help.call", "", "Call the lead", "Call the team lead to this chat; say why, if you like."),
    Action("board", "ctrl+f2", "Lead's board", "See every queue and every agent as the team lead does."),
    Action("urgent", "f4", "Most urgent", "Go to your own chat that is nearest to its time limit.", footer=3),
    Action(
        "canned",
        "f5",
        "Canned",
        "Pick a canned response. Typing / at the start of a word does too.",
        footer=4,
    ),
    Action(
        "holding",
        "ctrl+f5",
        "Holding line",
        "Go to the chat that will be late first, with a line that lets the customer wait, or hand it over.",
    ),
    Action(
        "canned.mine",
        "ctrl+f6",
        "Save as mine",
        "Keep the text as your own version of its canned response, or as a new one of your own.",
    ),
    Action(
        "canned.originals", "", "Changed originals", "See which originals of your own responses have changed."
    ),
    Action("canned.mistakes", "", "Canned mistakes", "See which canned responses cannot be read, and why."),
    Action(
        "link",
        "f6",
        "Link",
        "Put a link in the text: one used here, a bookmark, a help article.",
        footer=5,
    ),
    Action("links", "", "Links of this chat", "List the links that stand in this chat, and open one."),
    Action("tags", "f7", "Tags", "Set the tags of this chat.", footer=6),
    Action("library", "", "Library", "Browse the canned responses, and read them as others would."),
    Action("tags.closed", "", "Tag closed chats", "Put tags on several of your closed chats at once."),
    Action("resolve", "f8", "Close", "Close this chat and go on to the next.", footer=7),
    Action("note", "f9", "Note", "Switch between a reply and a note that the customer never sees.", footer=9),
    Action("palette", "ctrl+k", "Commands", "Find any action by its name.", footer=10),
    Action("tab.previous", "ctrl+pageup", "Tab left", "Go to the chat on the left.", footer=11),
    Action("tab.next", "ctrl+pagedown", "Tab right", "Go to the chat on the right.", footer=12),
    Action(
        "tab.pick", "ctrl+g", "Tab 1-9", "Then a digit: go to that tab. Alt and the digit does it at once."
    ),
    Action(
        "pane.next", "ctrl+n", "Beside", "Go to the chat beside this one, where several are on the screen."
    ),
    Action(
        "tab.close",
        "ctrl+o",
        "Put aside",
        "Take this tab off the bar. It comes back when the customer writes.",
    ),
    Action("transfer", "ctrl+d", "Hand over", "Give this chat to a colleague, a team or the queue."),
    Action("return", "", "To queue", "Put this chat back into its queue for whoever takes the next."),
    Action("reopen", "", "Open again", "Open the closed or sleeping chat on the screen again and take it."),
    Action(
        "previous",
        "ctrl+p",
        "Earlier chats",
        "Read an earlier chat of this customer.",
        needs=Capability.PREVIOUS_CONVERSATIONS,
    ),
    Action("mention", "", "Call in", "Write a note that calls a colleague in: @ and their name."),
    Action("snooze", "ctrl+l", "Later", "Let this chat sleep until a time, or until the customer writes."),
    Action("sleeping", "", "Sleeping chats", "See your sleeping chats; wake one by taking it."),
    Action("priority", "", "Priority", "Call this chat more or less urgent."),
    Action("mute", "", "Block", "Close this chat and hear this customer no more.", needs=Capability.MUTE),
    Action(
        "handed.read",
        "",
        "Card read",
        "Say that you have read the hand-over card. Enter with nothing written does too.",
    ),
    Action(
        "takeback",
        "f10",
        "Take back",
        "Take back what you did last: closing, handing over, tags, putting aside, a text held back.",
    ),
    Action(
        "send.anyway",
        "ctrl+f9",
        "Send as it is",
        "Send the text with its unfilled fields, or whatever else held it back.",
    ),
    Action("send.only", "", "Only send", "Send the text; what it says happens afterwards does not."),
    Action("retry", "ctrl+r", "Send again", "Send the oldest text of this chat that did not leave."),
    Action(
        "undelivered", "ctrl+f", "Not delivered", "List every text that has not left, and go to its chat."
    ),
    Action("search", "ctrl+s", "Search", "Search all chats, customers and messages, and go there."),
    Action("find", "", "Find in chat", "Find words in the chat on the screen."),
    Action(
        "files",
        "f11",
        "Files",
        "Add a file to your text; see, save and open the files of this chat.",
        needs=Capability.ATTACHMENTS,
    ),
    Action(
        "attach",
        "",
        "Attach",
        "Choose a file to go with this text. Again for another one.",
        needs=Capability.ATTACHMENTS,
    ),
    Action(
        "emoji", "", "Emoji", "Put an emoji into the text. Typing : and two letters of its name does too."
    ),
    Action("detach", "", "Leave a file out", "Take a chosen file off this text again."),
    Action(
        "unsend", "", "Stop sending", "Stop the newest text that has not left, and get it back to change."
    ),
    Action("export", "", "To a file", "Write the chat on the screen to a file, from its first message."),
    Action("export.several", "", "Chats to a file", "Write several chats to one file: open or found ones."),
    Action("editor", "ctrl+f8", "Editor", "Write on in your own editor ($VISUAL or $EDITOR)."),
    Action("pipe", "", "Draft by command", "Give this chat to a command of yours; it writes a draft."),
    Action("log.up", "pageup", "Page up", "Read further up; older messages load by themselves."),
    Action("log.down", "pagedown", "Page down", "Read further down."),
    Action("mark.up", "ctrl+up", "Mark", "Mark a message, then the one above, to copy or quote it."),
    Action("mark.down", "ctrl+down", "Mark below", "Mark the message below."),
    Action("log.start", "ctrl+home", "First", "Go to the first message loaded."),
    Action("log.end", "ctrl+end", "Newest", "Go to the newest message."),
    Action("reveal", "insert", "Show numbers", "Hold it to see the private numbers that are starred out."),
    Action("availability", "f12", "Available", "Switch between taking chats and a pause."),
    Action("pause", "", "Pause for …", "Take no chats, and say why: a break, a meeting, or your own words."),
    Action("shift", "ctrl+f12", "Your shift", "See what you did this shift and what is left; hand it over."),
    Action(
        "auto.take",
        "",
        "Auto-take",
        "While you have room, let the longest waiting come to you by itself, or no longer.",
    ),
    Action("card", "ctrl+t", "Customer", "Show the customer's details, read on in a long card, hide them."),
    Action(
        "customer.note",
        "",
        "Note on customer",
        "Write down about this customer what colleagues should know.",
        needs=Capability.CONTACT_NOTES,
    ),
    Action(
        "customer.edit",
        "",
        "Edit customer",
        "Change this customer's name, e-mail or other details.",
        needs=Capability.CONTACT_EDIT,
    ),
    Action("health", "", "Speed", "Show or hide how fast keys and server are."),
    Action("theme", "", "Theme", "Try other colours on and keep those you like."),
    Action("density", "", "Density", "Put more or fewer rows between messages."),
    Action("profile", "", "Other desk", "Leave this desk and go on at another of your connections."),
    Action("leave", "ctrl+q", "Leave", "Leave the desk. Drafts are kept."),
    Action("waiting.take", "enter", "Take", "Take the customer under the cursor.", Where.WAITING),
    Action("waiting.number", "1-9", "Take by number", "Take the customer with this number.", Where.WAITING),
    Action("waiting.peek", "space", "Look", "Read what they wrote without taking them.", Where.WAITING),
    Action("peek.take", "enter", "Take", "Take the chat you are reading; F3 does too.", Where.PEEK),
    Action("peek.leave", "escape", "Leave", "Stop reading and go back.", Where.PEEK),
    Action("mark.copy", "c", "Copy", "Copy the marked message.", Where.MARKED),
    Action("mark.quote", "q", "Quote", "Quote the marked message in the text.", Where.MARKED),
    Action("mark.open", "o", "Open", "Show all of a long marked message, or fold it again.", Where.MARKED),
    Action("mark.leave", "escape", "Leave", "Mark nothing and write on.", Where.MARKED),
    Action(
        "mark.raw",
        "r",
        "As it came",
        "Show the marked message as it came, with what cannot be shown written out.",
        Where.MARKED,
    ),
    Action("mark.find", "/", "Find", "Find words in this chat.", Where.MARKED),
    Action("mark.next", "n", "Next", "Go to the next hit below.", Where.MARKED),
    Action("mark.previous", "p", "Previous", "Go to the next hit above.", Where.MARKED),
    Action(
        "board.open", "enter", "Open", "See the chats of this queue or agent; read this chat.", Where.BOARD
    ),
    Action("board.whisper", "w", "Whisper", "Write a note to the agent who has this chat.", Where.BOARD),
    Action("board.take", "t", "Take over", "Make this chat yours, whoever has it.", Where.BOARD),
    Action("board.give", "a", "Give to", "Give this chat to another agent.", Where.BOARD),
    Action(
        "board.move", "m", "Move", "Move who waits to another queue: one, those marked, all.", Where.BOARD
    ),
    Action("board.mark", "space", "Mark", "Mark a row, to move several at once.", Where.BOARD),
    Action("board.undo", "u", "Take back", "Give the chat back to who had it before.", Where.BOARD),
    Action(
        "board.call", "c", "Go to the call", "Read the chat that an agent calls for help with.", Where.BOARD
    ),
    Action("board.heard", "x", "Heard", "Take the topmost call for help off the board.", Where.BOARD),
    Action("board.other", "tab", "Other table", "Go to the other table: queues or agents.", Where.BOARD),
    Action("board.sort", "s", "Sort", "Sort the table by its next column.", Where.BOARD),
    Action("board.filter", "/", "Filter", "Show only rows whose name holds what you type.", Where.BOARD),
    Action(
        "board.intake",
        "i",
        "Intake",
        "Close, open or limit the queue under the cursor; its words and hours.",
        Where.BOARD,
    ),
    Action("board.unplan", "n", "Cancel plans", "Let nothing happen to this queue by itself.", Where.BOARD),
    Action("board.heed", "k", "Acted on", "The worst alert is acted on: let it ring no more.", Where.BOARD),
    Action("board.back", "escape", "Back", "Show all rows again; then go one level up.", Where.BOARD),
    Action("board.leave", "q", "Leave", "Leave the board.", Where.BOARD),
    Action("send", "enter", "Send", "Send the text.", Where.COMPOSER),
    Action("newline", "ctrl+j", "New line", "Start a new line in the text.", Where.COMPOSER),
    Action("undo", "ctrl+z", "Undo", "Take the last change of the text back.", Where.COMPOSER),
    Action("redo", "ctrl+y", "Redo", "Make the change again.", Where.COMPOSER),
)

ACTION_OF: Mapping[str, Action] = {action.id: action for action in ACTIONS}
"""The actions by their ids."""

WITH_CHAT: Final = frozenset(
    {
        "customer.note", "customer.edit",
        "canned", "canned.mine", "send.anyway", "send.only",
        "link", "links", "tags", "resolve", "note", "tab.close", "transfer", "return", "reopen",
        "previous", "snooze", "mention", "priority", "mute", "retry", "handed.read", "card", "reveal",
        "log.up", "log.down", "log.start", "log.end", "mark.up", "mark.down", "find", "files", "attach",
        "detach", "unsend", "help.call", "emoji", "export", "pipe", "editor",
    }
)  # fmt: skip
"""Actions that do nothing without a chat on the screen."""

ASKS: Final[Mapping[str, tuple[str, ...]]] = {
    "take": ("take",),
    "urgent": ("mark_seen",),
    "link": ("search_articles",),
    "tags": ("set_tags",),
    "tags.closed": ("conversations", "set_tags"),
    "resolve": ("set_status",),
    "tab.previous": ("mark_seen",),
    "tab.next": ("mark_seen",),
    "tab.pick": ("mark_seen",),
    "pane.next": ("mark_seen",),
    "transfer": ("send", "assign", "move"),
    "return": ("assign",),
    "reopen": ("set_status", "assign"),
    "previous": ("contact_conversations",),
    "snooze": ("set_status",),
    "sleeping": ("conversations",),
    "priority": ("set_priority",),
    "mute": ("mute",),
    "handed.read": ("send",),
    "customer.note": ("add_contact_note",),
    "customer.edit": ("update_contact", "set_attribute"),
    "takeback": ("set_tags",),
    "retry": ("send",),
    "search": ("search",),
    "find": ("messages",),
    "export": ("conversation", "messages"),
    "export.several": ("conversation", "messages"),
    "pipe": ("conversation", "messages"),
    "log.up": ("messages",),
    "log.start": ("messages",),
    "availability": ("set_availability",),
    "pause": ("set_availability",),
    "auto.take": ("take",),
    "waiting.take": ("take",),
    "waiting.number": ("take",),
    "waiting.peek": ("messages",),
    "peek.take": ("take",),
    "files": ("files",),
    "attach": ("send",),
    "send.anyway": ("send",),
    "send.only": ("send",),
    "send": ("send",),
    "health": ("tags",),
    "help.call": ("send",),
    "board.open": ("messages",),
    "board.call": ("messages",),
    "board.whisper": ("send",),
    "board.take": ("assign",),
    "board.give": ("assign",),
    "board.undo": ("assign",),
    "board.move": ("move",),
}
"""What each action asks of the backend, as named in ``api_client.backend.Backend``; others ask nothing."""
