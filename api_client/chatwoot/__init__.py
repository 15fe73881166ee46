"""Chatwoot: which URL, which shape, which frame; and the backend that joins them."""
