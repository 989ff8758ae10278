"""The command line. Each command imports what it uses when it runs."""

from __future__ import annotations

from ui.cli.app import app, main

__all__ = ["app", "main"]
