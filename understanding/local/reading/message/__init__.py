"""The whole message, before its clauses are read: what is one wish, what are several, what only gives a reason."""
