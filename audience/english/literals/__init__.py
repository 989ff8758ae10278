"""Literal phrases of English sentences, with their place in the text."""
