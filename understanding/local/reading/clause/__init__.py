"""One clause: what it answers, tells of what stands, points at, or asks for."""
