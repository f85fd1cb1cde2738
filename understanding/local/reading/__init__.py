"""From a message to commands: the whole message first, then clause by clause, then what came out, looked at together.

`message` tells apart what was said at once; `clause` reads one clause, `topic` says what it is about, `reply` what it
answers to a summary; `outcome` weighs the commands against each other. What they share stands here.
"""
