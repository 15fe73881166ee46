"""What the desk wants done with addresses beside the backend, in the imperative."""

from __future__ import annotations

from agent_tui.desk.effect import Effect
from agent_tui.desk.linkbook import LinkUse


class CheckLink(Effect, frozen=True):
    """Ask an address whether it answers, without the agent's token. -> LinkChecked."""

    url: str


class OpenLink(Effect, frozen=True):
    """Show an address in the agent's own browser. -> LinkOpenFailed if there is none."""

    url: str


class ReadBookmarks(Effect, frozen=True):
    """Read the team's bookmarks if their files have changed. -> BookmarksRead."""


class KeepLinkUse(Effect, frozen=True):
    """Write down that an address was sent in a queue. Nothing comes back."""

    use: LinkUse


LinkEffect = CheckLink | OpenLink | ReadBookmarks | KeepLinkUse
"""All of them."""
