-- Tables of a practice desk. Times are epoch seconds of desk time; JSON columns hold text.
CREATE TABLE account (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, locale TEXT NOT NULL, support_email TEXT NOT NULL,
    label_key REAL NOT NULL, inbox_key REAL NOT NULL, team_key REAL NOT NULL, created_at REAL NOT NULL
);
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, display_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL, password_hash TEXT NOT NULL, access_token TEXT NOT NULL UNIQUE,
    pubsub_token TEXT NOT NULL UNIQUE, availability TEXT NOT NULL, auto_offline INTEGER NOT NULL,
    message_signature TEXT, ui_settings TEXT NOT NULL, active_at REAL, created_at REAL NOT NULL,
    code_secret TEXT NOT NULL, backup_codes TEXT NOT NULL
);
CREATE TABLE half_sign_ins (
    token_hash TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, expires_at REAL NOT NULL
);
CREATE TABLE sessions (
    client TEXT PRIMARY KEY, token_hash TEXT NOT NULL, user_id INTEGER NOT NULL REFERENCES users,
    expires_at REAL NOT NULL
);
CREATE TABLE inboxes (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, identifier TEXT NOT NULL UNIQUE,
    channel_id INTEGER NOT NULL, timezone TEXT NOT NULL, working_hours_enabled INTEGER NOT NULL,
    working_hours TEXT NOT NULL, greeting_enabled INTEGER NOT NULL, greetings TEXT NOT NULL,
    out_of_office TEXT NOT NULL, busy TEXT NOT NULL, busy_after REAL NOT NULL, survey_enabled INTEGER NOT NULL,
    surveys TEXT NOT NULL, auto_assign INTEGER NOT NULL, additional_attributes TEXT NOT NULL,
    created_at REAL NOT NULL
);
CREATE TABLE inbox_members (
    inbox_id INTEGER NOT NULL REFERENCES inboxes, user_id INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (inbox_id, user_id)
) WITHOUT ROWID;
CREATE TABLE teams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
    allow_auto_assign INTEGER NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE TABLE team_members (
    team_id INTEGER NOT NULL REFERENCES teams, user_id INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (team_id, user_id)
) WITHOUT ROWID;
CREATE TABLE labels (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, description TEXT NOT NULL, color TEXT NOT NULL,
    show_on_sidebar INTEGER NOT NULL
);
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, phone_number TEXT UNIQUE,
    identifier TEXT UNIQUE, blocked INTEGER NOT NULL, additional_attributes TEXT NOT NULL,
    custom_attributes TEXT NOT NULL, last_activity_at REAL, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE TABLE contact_inboxes (
    id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts,
    inbox_id INTEGER NOT NULL REFERENCES inboxes, source_id TEXT NOT NULL, pubsub_token TEXT NOT NULL UNIQUE,
    hmac_verified INTEGER NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL,
    UNIQUE (inbox_id, source_id)
);
CREATE INDEX contact_inboxes_contact ON contact_inboxes (contact_id);
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, inbox_id INTEGER NOT NULL REFERENCES inboxes,
    contact_id INTEGER NOT NULL REFERENCES contacts,
    contact_inbox_id INTEGER NOT NULL REFERENCES contact_inboxes,
    status TEXT NOT NULL, priority TEXT, assignee_id INTEGER REFERENCES users,
    team_id INTEGER REFERENCES teams, snoozed_until REAL, additional_attributes TEXT NOT NULL,
    custom_attributes TEXT NOT NULL, agent_last_seen_at REAL, assignee_last_seen_at REAL,
    contact_last_seen_at REAL, waiting_since REAL, busy_due REAL, first_reply_created_at REAL,
    last_activity_at REAL NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE INDEX conversations_status ON conversations (status, last_activity_at);
CREATE INDEX conversations_busy ON conversations (busy_due) WHERE busy_due IS NOT NULL;
CREATE INDEX conversations_updated ON conversations (updated_at);
CREATE INDEX conversations_contact ON conversations (contact_id);
CREATE INDEX conversations_session ON conversations (contact_inbox_id);
CREATE TABLE conversation_labels (
    conversation_id INTEGER NOT NULL REFERENCES conversations, position INTEGER NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (conversation_id, title)
) WITHOUT ROWID;
CREATE TABLE participants (
    conversation_id INTEGER NOT NULL REFERENCES conversations, user_id INTEGER NOT NULL REFERENCES users,
    mentioned INTEGER NOT NULL, PRIMARY KEY (conversation_id, user_id)
) WITHOUT ROWID;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversations,
    inbox_id INTEGER NOT NULL, message_type INTEGER NOT NULL, content TEXT, content_type TEXT NOT NULL,
    content_attributes TEXT NOT NULL, status TEXT NOT NULL, private INTEGER NOT NULL, source_id TEXT,
    sender_type TEXT, sender_id INTEGER, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE INDEX messages_conversation ON messages (conversation_id, id);
CREATE INDEX messages_time ON messages (conversation_id, created_at);
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY, message_id INTEGER REFERENCES messages, key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, content_type TEXT NOT NULL, file_type TEXT NOT NULL, size INTEGER NOT NULL,
    created_at REAL NOT NULL
);
CREATE INDEX attachments_message ON attachments (message_id);
CREATE TABLE drafts (conversation_id INTEGER PRIMARY KEY REFERENCES conversations, message TEXT NOT NULL);
CREATE TABLE transcripts (
    id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversations,
    email TEXT NOT NULL, content TEXT NOT NULL, created_at REAL NOT NULL
);
CREATE TABLE contact_labels (
    contact_id INTEGER NOT NULL REFERENCES contacts, position INTEGER NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (contact_id, title)
) WITHOUT ROWID;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL REFERENCES contacts,
    user_id INTEGER NOT NULL REFERENCES users, content TEXT NOT NULL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL
);
CREATE INDEX notes_contact ON notes (contact_id);
CREATE TABLE notifications (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, kind TEXT NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversations, message_id INTEGER REFERENCES messages,
    by_user_id INTEGER REFERENCES users, read_at REAL, snoozed_until REAL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL, last_activity_at REAL NOT NULL
);
CREATE INDEX notifications_user ON notifications (user_id, last_activity_at);
CREATE INDEX notifications_conversation ON notifications (conversation_id, user_id);
CREATE TABLE notification_settings (
    user_id INTEGER PRIMARY KEY REFERENCES users, email_flags TEXT NOT NULL, push_flags TEXT NOT NULL
);
CREATE TABLE macros (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, visibility TEXT NOT NULL,
    created_by INTEGER NOT NULL REFERENCES users, updated_by INTEGER NOT NULL REFERENCES users,
    actions TEXT NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE TABLE survey_answers (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL UNIQUE REFERENCES messages,
    conversation_id INTEGER NOT NULL REFERENCES conversations,
    contact_id INTEGER NOT NULL REFERENCES contacts, assignee_id INTEGER REFERENCES users,
    rating INTEGER NOT NULL, feedback TEXT NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE TABLE measurements (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, conversation_id INTEGER NOT NULL REFERENCES conversations,
    inbox_id INTEGER NOT NULL REFERENCES inboxes, user_id INTEGER REFERENCES users,
    seconds REAL NOT NULL, business_seconds REAL NOT NULL, created_at REAL NOT NULL
);
CREATE INDEX measurements_time ON measurements (name, created_at);
CREATE TABLE canned_responses (
    id INTEGER PRIMARY KEY, short_code TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
    created_at REAL NOT NULL, updated_at REAL NOT NULL
);
CREATE TABLE portals (
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, homepage_link TEXT NOT NULL,
    custom_domain TEXT NOT NULL, locales TEXT NOT NULL, created_at REAL NOT NULL
);
CREATE TABLE categories (
    id INTEGER PRIMARY KEY, portal_id INTEGER NOT NULL REFERENCES portals, slug TEXT NOT NULL,
    name TEXT NOT NULL, locale TEXT NOT NULL, UNIQUE (portal_id, locale, slug)
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, portal_id INTEGER NOT NULL REFERENCES portals,
    category_id INTEGER NOT NULL REFERENCES categories, author_id INTEGER REFERENCES users,
    slug TEXT NOT NULL, locale TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL,
    content TEXT NOT NULL, status TEXT NOT NULL, position INTEGER NOT NULL, updated_at REAL NOT NULL,
    UNIQUE (portal_id, locale, slug)
);
