"""The values a backend speaks in: text as sent, ids as opaque strings, times as epoch seconds."""
