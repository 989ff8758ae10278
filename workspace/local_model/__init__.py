"""A language model on this machine: fetched once, kept in MUSTER_HOME, served on loopback."""
