"""Chatwoot's dialect: how rows look on the wire. REST and pushed forms differ, and so do their time units."""
