"""The desk's rules as plain values: state, events, effects and the one function between them."""
