"""What the clauses of a message ask for, in the situation they are said in: facts and intents become commands."""
