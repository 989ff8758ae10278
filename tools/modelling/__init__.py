"""Conditions written by an outside model, held to the language, the catalog and the person's words."""
