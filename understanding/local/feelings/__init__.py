"""How a customer feels, and whether a person is needed at once."""
