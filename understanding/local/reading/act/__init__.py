"""What a whole message surely does in the state it is said in, where its commands tell nothing of it."""
