"""The last look at a reading: what was said is in the tree, and what is in the tree was said.

Reading a piece marks the words that it used. This compares the words with the tree itself, by rules
of its own, so that a bound that was read and then lost, or a condition that nobody asked for, is shown
and never taken for granted.
"""
