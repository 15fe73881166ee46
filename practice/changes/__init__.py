"""What people do at the desk, and what follows from it: each change writes rows and tells events in order."""
