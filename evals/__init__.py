"""Whole conversations as tests: dialogues in YAML, played against the real engine on a standing clock."""
