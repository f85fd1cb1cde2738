"""The words everyone shares: messages, commands, business, clock, errors and ports. Imports nothing of ours."""
