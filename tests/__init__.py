"""Tests mirror the tree; this file makes `tests` ours where a library ships a package of that name."""
