"""What answers are made of: canned responses, tags and help-centre articles."""

from __future__ import annotations

from msgspec import Struct

from api_client.models.identity import ArticleId, CannedId


class CannedResponse(Struct, frozen=True):
    """A prepared text. ``text`` may hold the backend's variables, unfilled."""

    id: CannedId
    shortcut: str
    text: str


class Tag(Struct, frozen=True):
    """A tag an agent may set."""

    name: str
    description: str = ""


class Article(Struct, frozen=True):
    """A help-centre article that can be linked to."""

    id: ArticleId
    title: str
    url: str
    locale: str = ""
    category: str = ""
    summary: str = ""
