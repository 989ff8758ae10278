"""What must be seen in a prompt before it is read: personal data, other languages, sensitive topics, other intents."""
