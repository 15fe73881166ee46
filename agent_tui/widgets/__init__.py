"""Widgets that paint lines from cached strips; none keeps more of the desk than it shows."""
