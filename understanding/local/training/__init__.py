"""What the intent classifier learns from, and how. Development only: the server never imports this."""
