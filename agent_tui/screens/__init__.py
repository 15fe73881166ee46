"""Screens: they turn what widgets post into desk events and hand each widget its slice of the state."""
