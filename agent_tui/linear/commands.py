"""What one types after a slash, in the user's language or in English, and the help that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.linear.shell import Shell
from agent_tui.wording import say


class Command(NamedTuple):
    """A command, its action in the key table, and what it does."""

    english: str
    word: Displayable
    """With the slash."""
    action: str
    does: Displayable


def commands() -> list[Command]:
    """All commands, in the order of the help."""
    told = (
        ("take", say("/take"), "take",
         say("Take the customer who has waited longest; with a number, that one.")),
        ("waiting", say("/waiting"), "queues",
         say("Hear who waits, and take one by number.")),
        ("chats", say("/chats"), "chats",
         say("Hear your open chats, and go to one by number.")),
        ("next", say("/next"), "tab.next",
         say("Go to the next chat.")),
        ("previous", say("/previous"), "tab.previous",
         say("Go to the chat before.")),
        ("urgent", say("/urgent"), "urgent",
         say("Go to your own chat that is nearest to its time limit.")),
        ("read", say("/read"), "log.up",
         say("Hear the newest messages again; with a number, that many.")),
        ("canned", say("/canned"), "canned",
         say("Find a canned response by words.")),
        ("holding", say("/holding"), "holding",
         say("Put a line into your text that lets the customer wait.")),
        ("link", say("/link"), "link",
         say("Find a help article by words.")),
        ("tags", say("/tags"), "tags",
         say("Set the tags of this chat.")),
        ("note", say("/note"), "note",
         say("Write a note that the customer never sees, or a reply again.")),
        ("transfer", say("/transfer"), "transfer",
         say("Give this chat to a colleague, a team or the queue.")),
        ("return", say("/return"), "return",
         say("Put this chat back into its queue for whoever takes the next.")),
        ("snooze", say("/snooze"), "snooze",
         say("Let this chat sleep until a time, or until the customer writes.")),
        ("asleep", say("/asleep"), "sleeping",
         say("Hear your sleeping chats, and wake one by number.")),
        ("urgency", say("/urgency"), "priority",
         say("Call this chat more or less urgent.")),
        ("details", say("/details"), "card",
         say("Hear what is known of the customer.")),
        ("earlier", say("/earlier"), "previous",
         say("Hear an earlier chat of this customer.")),
        ("files", say("/files"), "files",
         say("Hear the files of this chat, and save one by number.")),
        ("attach", say("/attach"), "attach",
         say("Put a file with your text, by its path or from a folder.")),
        ("search", say("/search"), "search",
         say("Search all chats, customers and messages.")),
        ("resolve", say("/resolve"), "resolve",
         say("Close this chat and go on to the next.")),
        ("undo", say("/undo"), "takeback",
         say("Take back what you did last, for a few seconds.")),
        ("undelivered", say("/undelivered"), "undelivered",
         say("Hear which texts have not left.")),
        ("retry", say("/retry"), "retry",
         say("Send the oldest text of this chat that did not leave.")),
        ("pause", say("/pause"), "availability",
         say("Switch between taking chats and a pause.")),
        ("status", say("/status"), "status",
         say("Hear how many chats you have, and your limit.")),
        ("auto", say("/auto"), "auto.take",
         say("While you have room, let the longest waiting come to you by itself, or no longer.")),
        ("help", say("/help"), "help",
         say("Hear all this.")),
        ("quit", say("/quit"), "leave",
         say("Leave the desk. Drafts are kept.")),
    )  # fmt: skip
    return [Command(*one) for one in told]


class Commands:
    """Finds what a typed command or a key means and has it done."""

    def __init__(self, shell: Shell, actions: Mapping[str, Callable[[str], object]], keys: Keymap) -> None:
        self._shell = shell
        self._actions = {**actions, "help": self.help}
        self._keys = keys
        self._commands = commands()

    def run(self, action: str) -> None:
        """Do what a key means."""
        done = self._actions.get("help" if action == "palette" else action)
        if done is None:
            self._shell.tell(say("This key does nothing in the linear desk. /help tells every command."))
        else:
            done("")

    def do(self, words: str) -> None:
        """Do what was typed after the slash: a command's name or its beginning, and what it is given."""
        name, _, given = words.partition(" ")
        found = self._named(name.casefold())
        if found is None:
            typed = Displayable(f"/{name}")
            self._shell.tell(say("There is no command {name}. /help tells every command.", name=typed))
        else:
            self._actions[found.action](given.strip())

    def _named(self, name: str) -> Command | None:
        names = [(one, (one.english, one.word.removeprefix("/"))) for one in self._commands]
        whole = [one for one, both in names if name in both]
        begun = [one for one, both in names if name and any(each.startswith(name) for each in both)]
        return next(iter(whole or begun), None)

    def help(self, _: str) -> None:
        """Every command with its key."""
        self._shell.tell(say("Write and press Enter to answer the customer. Commands begin with a slash."))
        for one in self._commands:
            key = self._keys.keys.get(one.action, "")
            name = Displayable(f"{one.word}, {spelled(key)}") if key else one.word
            self._shell.tell(say("{command}: {words}", command=name, words=one.does))
        self._shell.tell(say("Ctrl+U empties the line, Ctrl+J starts a new one in the text."))
        self._shell.tell(
            say("Lists are chosen from by number. Escape leaves a list; it never takes away text.")
        )
