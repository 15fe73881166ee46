"""How bytes travel: httpx and websockets behind two small protocols, and an in-memory pair for tests."""
