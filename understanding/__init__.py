"""From a customer's words to typed commands: a local understander, a model, and the cascade of both."""
