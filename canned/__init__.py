"""Canned responses: the library an agent's answers start from. Knows no screen and no backend."""
