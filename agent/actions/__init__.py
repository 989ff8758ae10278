"""What the dialogue can do: the tools, joined with the rules of the campaign."""
