"""What the outside world calls over HTTP: webhooks, the REST interface, the chat page, health and metrics."""

VERSION = "0.1.0"
