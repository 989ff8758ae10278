"""`python -m ui.cli` is `muster`."""

from ui.cli import main

main()
