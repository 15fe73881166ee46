"""The practice desk: a chat server with invented customers, speaking Chatwoot's dialect on loopback."""
