"""The last word: what a whole message surely does in the state it is said in, where its commands hardly tell it."""
