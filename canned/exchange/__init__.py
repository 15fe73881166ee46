"""Responses from and for other tools. Each module knows one tool; texts go in and out, never files."""
