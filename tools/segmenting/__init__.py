"""How segments are found: ways of parting people, a choice among them, and words for what comes out."""
