"""What a canned response is: texts by language, where it belongs, and what happens once it is sent."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from typing import Final, Literal

import msgspec
from msgspec import Struct

ANY: Final = ""
"""The language of a text that stands for every language without a text of its own."""

Priority = Literal["low", "medium", "high", "urgent"]


class Owner(enum.Enum):
    """Who a response belongs to."""

    SHARED = "shared"
    PERSONAL = "personal"


class Attachment(Struct, frozen=True):
    """A file that goes with the answer."""

    path: str
    """Where the file is; absolute once it is read from a folder."""
    name: str = ""
    """What the customer sees; empty: the file's own name."""


class Link(Struct, frozen=True):
    """An address that goes with the answer."""

    url: str
    title: str = ""
    language: str = ANY


class After(Struct, frozen=True):
    """What happens once the answer is sent."""

    tags: tuple[str, ...] = ()
    priority: Priority | None = None
    snooze: int | None = None
    """Minutes."""
    resolve: bool = False


class Original(Struct, frozen=True):
    """The shared response that a personal one was made from."""

    shortcut: str
    hash: str
    """Its ``content_hash`` when the person last looked at it."""


class Response(Struct, frozen=True):
    """A prepared answer. Its texts are Liquid templates, as ``canned.render`` fills them in."""

    key: str
    """Unique in the library; opaque; holds no customer's words."""
    shortcut: str
    """What the agent types to get it."""
    text: str = ""
    """For every language that has none in ``bodies``; may be empty when ``bodies`` is not."""
    title: str = ""
    category: tuple[str, ...] = ()
    """The path in the tree, from the top."""
    tags: tuple[str, ...] = ()
    """Suggested for a conversation that it is used in."""
    queues: tuple[str, ...] = ()
    """Names of the queues it is for; none: for all."""
    bodies: dict[str, str] = {}
    """Texts by language, two letters such as ``fi``."""
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    when: str = ""
    """When to use it; for the agent's eyes only."""
    owner: Owner = Owner.SHARED
    version: str = ""
    """As its author counts."""
    after: After = After()
    auto_send: bool = False
    """Sent without a person looking at it, so nothing may be left to fill in."""
    original: Original | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it has a text of its own in, sorted."""
        return tuple(sorted(self.bodies))

    @property
    def texts(self) -> dict[str, str]:
        """All its texts by language, the one for any language (``ANY``) first."""
        return ({ANY: self.text} if self.text or not self.bodies else {}) | dict(sorted(self.bodies.items()))

    def body(self, language: str, fallbacks: Iterable[str] = ()) -> tuple[str, str]:
        """The language and text for a customer of ``language``: its own, that for any, a fallback, the first.

        Args:
            language: two letters, or empty when nobody knows.
            fallbacks: languages to take instead, the best first.
        """
        texts = self.texts
        for wanted in (language, ANY, *fallbacks):
            if wanted in texts:
                return wanted, texts[wanted]
        return next(iter(texts.items()))


_CONTENT: Final = (
    "shortcut",
    "text",
    "title",
    "category",
    "tags",
    "queues",
    "bodies",
    "links",
    "when",
    "after",
    "auto_send",
)


def content_hash(response: Response) -> str:
    """Sixteen hexadecimal digits that change when what the response says or does changes.

    Whose it is, its version and where its files lie do not count.
    """
    content = {name: getattr(response, name) for name in _CONTENT}
    content["attachments"] = [one.name or one.path.rpartition("/")[2] for one in response.attachments]
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:16]


def folded(shortcut: str) -> str:
    """The shortcut as it is compared: ``Moi`` and ``moi`` are the same."""
    return shortcut.strip().casefold()


class Bookmark(Struct, frozen=True):
    """An address to put into answers."""

    title: str
    urls: dict[str, str]
    """By language; ``ANY`` for every language without one of its own."""
    queues: tuple[str, ...] = ()
    """Names of the queues it is for; none: for all."""
    words: tuple[str, ...] = ()
    """Found by these too."""

    def url(self, language: str) -> str:
        """The address for a customer of ``language``: its own, that for any, else the first."""
        return self.urls.get(language) or self.urls.get(ANY) or next(iter(self.urls.values()))
