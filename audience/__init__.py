"""The language of audiences: pure, with no input or output of its own."""
