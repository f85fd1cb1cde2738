"""The intent classifier: what it sees, its weights, its rules."""
