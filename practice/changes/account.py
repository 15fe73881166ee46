"""What leads set up: inboxes, teams and labels, and that programs fetch them anew."""

from __future__ import annotations

from typing import Literal

from practice.announcing import CacheEvent
from practice.desk import Change
from practice.store import people
from practice.store.rows import Inbox, Json, Label, Team

Kind = Literal["label", "inbox", "team"]


def invalidate(change: Change, kind: Kind) -> None:
    """Tell all staff that a list changed."""
    account = people.account(change.db)
    change.db.update("account", account.id, {f"{kind}_key": change.now})
    change.events.append(CacheEvent())


def set_inbox(change: Change, inbox: Inbox, columns: Json) -> None:
    """Change how a queue works."""
    if columns:
        change.db.update("inboxes", inbox.id, columns)
        invalidate(change, "inbox")


def add_team(change: Change, columns: Json) -> int:
    """A new team without members."""
    row = {"description": "", "allow_auto_assign": True, **columns}
    team_id = change.db.insert("teams", {**row, "created_at": change.now, "updated_at": change.now})
    invalidate(change, "team")
    return team_id


def set_team(change: Change, team: Team, columns: Json) -> None:
    """Change a team's name, description, or whether it assigns by itself."""
    change.db.update("teams", team.id, {**columns, "updated_at": change.now})
    invalidate(change, "team")


def remove_team(change: Change, team: Team) -> None:
    """Dissolve a team; what it was handed stays where it is, with no team."""
    change.db.run("UPDATE conversations SET team_id = NULL WHERE team_id = ?", (team.id,))
    change.db.run("DELETE FROM team_members WHERE team_id = ?", (team.id,))
    change.db.run("DELETE FROM teams WHERE id = ?", (team.id,))
    invalidate(change, "team")


def set_members(change: Change, team: Team, user_ids: set[int]) -> None:
    """Let exactly these people belong to a team."""
    change.db.run("DELETE FROM team_members WHERE team_id = ?", (team.id,))
    for user_id in sorted(user_ids):
        change.db.run("INSERT INTO team_members VALUES (?, ?)", (team.id, user_id))
    invalidate(change, "team")


def add_label(change: Change, columns: Json) -> int:
    """A new label of the account."""
    row = {"description": "", "color": "#1F93FF", "show_on_sidebar": True, **columns}
    label_id = change.db.insert("labels", row)
    invalidate(change, "label")
    return label_id


def set_label(change: Change, label: Label, columns: Json) -> None:
    """Change a label; conversations that have it follow a new title."""
    if columns:
        change.db.update("labels", label.id, columns)
    if "title" in columns:
        for table in ("conversation_labels", "contact_labels"):
            sql = f"UPDATE OR REPLACE {table} SET title = ? WHERE title = ?"  # noqa: S608  names are ours
            change.db.run(sql, (columns["title"], label.title))
    invalidate(change, "label")


def remove_label(change: Change, label: Label) -> None:
    """Remove a label from the account; conversations keep its title."""
    change.db.run("DELETE FROM labels WHERE id = ?", (label.id,))
    invalidate(change, "label")
