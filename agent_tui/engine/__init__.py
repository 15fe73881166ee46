"""Performs the desk's effects through ports, on a thread and event loop of its own."""
