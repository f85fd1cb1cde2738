"""The understander that needs no model: a message becomes commands on this machine, in milliseconds and for nothing.

    text ──> facts, dates, feelings ──┐
      └────> classifier ──> intents ──┴──> reading ──> reader

Each folder knows only those to its left; `training` is development only and stands outside.
"""
