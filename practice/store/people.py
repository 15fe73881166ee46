"""Questions about staff: users, their sessions, inboxes and teams."""

from __future__ import annotations

from collections.abc import Sequence

from practice.store.database import Database
from practice.store.rows import Account, Inbox, Team, User

MEMBERS = "id IN (SELECT user_id FROM inbox_members WHERE inbox_id = ?)"


def account(db: Database) -> Account:
    """The desk's one account."""
    found = db.one(Account, "FROM account")
    if found is None:
        raise LookupError("the desk has no account; it was never seeded")
    return found


def users(db: Database) -> list[User]:
    """All staff by name."""
    return db.all(User, "FROM users ORDER BY name, id")


def user(db: Database, user_id: int | None) -> User | None:
    """The user with this id."""
    return db.one(User, "FROM users WHERE id = ?", (user_id,))


def user_by_email(db: Database, email: str) -> User | None:
    """The user who signs in with this address, whatever its letter case."""
    return db.one(User, "FROM users WHERE email = ?", (email.strip().lower(),))


def user_by_access_token(db: Database, token: str) -> User | None:
    """The owner of a personal access token."""
    return db.one(User, "FROM users WHERE access_token = ?", (token,))


def user_by_pubsub_token(db: Database, token: str) -> User | None:
    """The owner of a cable token."""
    return db.one(User, "FROM users WHERE pubsub_token = ?", (token,))


def user_by_session(db: Database, client: str, token_hash: str, now: float) -> User | None:
    """Whose session this is, if it has not run out."""
    held = "SELECT user_id FROM sessions WHERE client = ? AND token_hash = ? AND expires_at > ?"
    rest = f"FROM users WHERE id = ({held})"
    return db.one(User, rest, (client, token_hash, now))


def user_half_signed_in(db: Database, token_hash: str, now: float) -> User | None:
    """Who has given their password and owes a code, if it is not too long ago."""
    begun = "SELECT user_id FROM half_sign_ins WHERE token_hash = ? AND expires_at > ?"
    return db.one(User, f"FROM users WHERE id = ({begun})", (token_hash, now))


def inboxes(db: Database, viewer: User) -> list[Inbox]:
    """The inboxes that ``viewer`` sees, by name."""
    if viewer.is_administrator:
        return db.all(Inbox, "FROM inboxes ORDER BY name, id")
    rest = "FROM inboxes WHERE id IN (SELECT inbox_id FROM inbox_members WHERE user_id = ?) ORDER BY name, id"
    return db.all(Inbox, rest, (viewer.id,))


def all_inboxes(db: Database) -> list[Inbox]:
    """Every inbox in the order of the scenario."""
    return db.all(Inbox, "FROM inboxes ORDER BY id")


def inbox(db: Database, inbox_id: int | None) -> Inbox | None:
    """The inbox with this id."""
    return db.one(Inbox, "FROM inboxes WHERE id = ?", (inbox_id,))


def inbox_by_identifier(db: Database, identifier: str) -> Inbox | None:
    """The inbox that customers reach under this identifier."""
    return db.one(Inbox, "FROM inboxes WHERE identifier = ?", (identifier,))


def inbox_members(db: Database, inbox_id: int) -> list[User]:
    """Who serves an inbox, by name."""
    return db.all(User, f"FROM users WHERE {MEMBERS} ORDER BY name, id", (inbox_id,))


def assignable(db: Database, inbox_ids: Sequence[int]) -> list[User]:
    """Members of all these inboxes, and all administrators, by name."""
    member_of_all = " AND ".join([MEMBERS] * len(inbox_ids))
    rest = f"FROM users WHERE role = 'administrator' OR ({member_of_all}) ORDER BY name, id"
    return db.all(User, rest, tuple(inbox_ids))


def is_inbox_member(db: Database, inbox_id: int, user_id: int) -> bool:
    """Whether a user serves an inbox."""
    return bool(db.count("FROM inbox_members WHERE inbox_id = ? AND user_id = ?", (inbox_id, user_id)))


def audience_tokens(db: Database, inbox_id: int) -> list[str]:
    """The cable tokens of an inbox's members and all administrators."""
    sql = f"SELECT pubsub_token FROM users WHERE role = 'administrator' OR {MEMBERS} ORDER BY id"  # noqa: S608  constant
    return db.column(sql, (inbox_id,))


def teams(db: Database) -> list[Team]:
    """All teams by name."""
    return db.all(Team, "FROM teams ORDER BY name")


def team(db: Database, team_id: int | None) -> Team | None:
    """The team with this id."""
    return db.one(Team, "FROM teams WHERE id = ?", (team_id,))


def team_members(db: Database, team_id: int) -> list[User]:
    """Who belongs to a team, by name."""
    rest = "FROM users WHERE id IN (SELECT user_id FROM team_members WHERE team_id = ?) ORDER BY name, id"
    return db.all(User, rest, (team_id,))


def is_team_member(db: Database, team_id: int | None, user_id: int) -> bool:
    """Whether a user belongs to a team."""
    return bool(db.count("FROM team_members WHERE team_id = ? AND user_id = ?", (team_id, user_id)))
