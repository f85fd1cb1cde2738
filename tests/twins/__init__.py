"""In-memory twins of the ports, honest about conflicts, for tests that need no database."""
