"""The lead's board: its pages, each one level deeper than the one before."""
