"""One conversation as a checkpointed state machine: understand, act, reply, or wait for a person."""
