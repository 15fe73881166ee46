"""Questions about macros."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from practice.store.database import Database
from practice.store.rows import User


class Macro(Struct, frozen=True):
    """Steps to be done with one key; ``actions`` as they stand on the wire."""

    id: int
    name: str
    visibility: Literal["global", "personal"]
    created_by: int
    updated_by: int
    actions: list[dict[str, Any]]
    created_at: float
    updated_at: float


_VISIBLE = "(visibility = 'global' OR created_by = :user)"


def visible(db: Database, user: User) -> list[Macro]:
    """The account's macros and the user's own, by name."""
    return db.all(Macro, f"FROM macros WHERE {_VISIBLE} ORDER BY name, id", {"user": user.id})


def macro(db: Database, user: User, macro_id: int | None) -> Macro | None:
    """One macro that the user sees."""
    return db.one(Macro, f"FROM macros WHERE id = :id AND {_VISIBLE}", {"id": macro_id, "user": user.id})
