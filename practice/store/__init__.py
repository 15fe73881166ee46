"""What the practice desk remembers: an SQLite database, and the questions asked of it."""
