"""Staff and where they work, on the wire: profile, agent, pushed user, inbox, team, account."""

from __future__ import annotations

from practice.dialect.times import epoch, iso
from practice.queue_texts import told
from practice.store.rows import Account, Availability, Inbox, Json, Team, User
from practice.store.seed import ACCOUNT_ID

FEATURES = (
    "agent_management",
    "canned_responses",
    "help_center",
    "labels",
    "macros",
    "reports",
    "team_management",
)


def profile(user: User, account: Account, status: Availability) -> Json:
    """The signed-in user as sign-in and profile calls answer; holds both of their tokens."""
    membership = {
        "id": account.id,
        "name": account.name,
        "status": "active",
        "onboarding_step": None,
        "active_at": iso(user.active_at),
        "role": user.role,
        "permissions": [user.role],
        "availability": user.availability,
        "availability_status": status,
        "auto_offline": user.auto_offline,
        "custom_role_id": None,
        "custom_role": None,
    }
    return {
        "access_token": user.access_token,
        "account_id": account.id,
        "available_name": user.display_name,
        "avatar_url": "",
        "confirmed": True,
        "display_name": user.display_name,
        "message_signature": user.message_signature,
        "email": user.email,
        "id": user.id,
        "inviter_id": None,
        "name": user.name,
        "provider": "email",
        "pubsub_token": user.pubsub_token,
        "role": user.role,
        "ui_settings": user.ui_settings,
        "uid": user.email,
        "type": None,
        "accounts": [membership],
    }


def agent(user: User, status: Availability) -> Json:
    """A member of staff in REST lists; the picture is ``thumbnail``."""
    return {
        "id": user.id,
        "account_id": ACCOUNT_ID,
        "availability_status": status,
        "auto_offline": user.auto_offline,
        "confirmed": True,
        "email": user.email,
        "provider": "email",
        "available_name": user.display_name,
        "name": user.name,
        "role": user.role,
        "thumbnail": "",
        "custom_role_id": None,
    }


def pushed_user(user: User, status: Availability) -> Json:
    """A member of staff as pushed, and as a message's sender in REST too."""
    return {
        "id": user.id,
        "name": user.name,
        "available_name": user.display_name,
        "avatar_url": "",
        "type": "user",
        "availability_status": status,
        "thumbnail": "",
    }


def team(row: Team, *, is_member: bool) -> Json:
    """A team; ``is_member`` is about the caller."""
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "allow_auto_assign": row.allow_auto_assign,
        "account_id": ACCOUNT_ID,
        "is_member": is_member,
    }


def raw_team(row: Team) -> Json:
    """A team as handing a conversation to it answers: the bare record."""
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "allow_auto_assign": row.allow_auto_assign,
        "account_id": ACCOUNT_ID,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
    }


def inbox(row: Inbox) -> Json:
    """An API inbox. A text that the desk has in several languages is told in the first one."""
    return {
        "id": row.id,
        "avatar_url": "",
        "channel_id": row.channel_id,
        "name": row.name,
        "channel_type": "Channel::Api",
        "greeting_enabled": row.greeting_enabled,
        "greeting_message": told(row.greetings),
        "working_hours_enabled": row.working_hours_enabled,
        "enable_email_collect": False,
        "csat_survey_enabled": row.survey_enabled,
        "csat_config": {},
        "enable_auto_assignment": row.auto_assign,
        "auto_assignment_config": {},
        "out_of_office_message": told(row.out_of_office),
        "working_hours": row.working_hours,
        "timezone": row.timezone,
        "callback_webhook_url": None,
        "allow_messages_after_resolved": True,
        "lock_to_single_conversation": False,
        "sender_name_type": "friendly",
        "business_name": None,
        "inbox_identifier": row.identifier,
        "webhook_url": "",
        "additional_attributes": row.additional_attributes,
        "provider": None,
        "phone_number": None,
    }


def public_inbox(row: Inbox) -> Json:
    """An inbox as customers see it."""
    return {
        "identifier": row.identifier,
        "identity_validation_enabled": False,
        "name": row.name,
        "timezone": row.timezone,
        "working_hours": row.working_hours,
        "working_hours_enabled": row.working_hours_enabled,
        "csat_survey_enabled": row.survey_enabled,
        "greeting_enabled": row.greeting_enabled,
    }


def account(row: Account) -> Json:
    """The account with the features that this desk serves."""
    return {
        "id": row.id,
        "name": row.name,
        "locale": row.locale,
        "domain": None,
        "support_email": row.support_email,
        "status": "active",
        "settings": {},
        "created_at": iso(row.created_at),
        "features": dict.fromkeys(FEATURES, True),
        "cache_keys": cache_keys(row),
    }


def cache_keys(row: Account) -> Json:
    """When labels, inboxes and teams last changed, as text of epoch seconds."""
    changed = {"label": row.label_key, "inbox": row.inbox_key, "team": row.team_key}
    return {kind: str(epoch(at)) for kind, at in changed.items()}
