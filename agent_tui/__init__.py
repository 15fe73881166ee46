"""agent-tui: the desk of a chat agent, in a terminal."""
