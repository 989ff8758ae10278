"""What a prompt changes in the draft so far, by the kind of change."""
