"""Chat backends behind one interface: what an agent's desk needs, whichever server answers."""
