"""A message's words, before anybody asks what they mean: spelling, numbers, clauses, cues, language."""
