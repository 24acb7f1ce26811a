"""A clerk's desk: those without a phone are registered, declare on paper, and get a paper code.

Writes: nothing of its own; it composes people, declarations and codes. Reads: who stands there.
Never keeps: what was typed to find somebody.
"""
