"""Whom people let us write to or call: which fields hold it, and how it is said."""
