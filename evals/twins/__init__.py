"""Stand-ins for services of others, on the loopback interface."""
