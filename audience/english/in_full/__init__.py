"""Fields that are called by their whole name: nothing else is meant by those words, nor by what is said of them."""
