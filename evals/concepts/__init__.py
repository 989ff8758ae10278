"""Ideas that companies keep in different ways and marketers say in different words, each way with each word."""
