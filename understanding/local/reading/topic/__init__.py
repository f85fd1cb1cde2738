"""What a clause is about: the classifier's guess, weighed against words, facts and the flow under way."""
