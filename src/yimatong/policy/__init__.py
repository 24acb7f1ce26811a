"""The function: from one person's facts, under a published policy, to a standing.

Facts and their vocabulary, the language that a province's edition is written in, `decide`,
the words that explain a standing, and who may enter where. Pure: no clock, no file, no
environment, no framework; the pack files beside it are read elsewhere and handed in.

Writes: nothing. Reads: nothing. Never keeps: anything about anybody.
"""
