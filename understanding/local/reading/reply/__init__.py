"""What is replied to a summary: a yes, a no, a pause, a change or a question."""
