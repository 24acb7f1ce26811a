"""What every page and every API route has in common.

Naming a route's permission, reading a form, saying things in the reader's language,
showing problems beside the field they belong to, and answering a repeated request as the
first time. Writes: nothing. Reads: nothing. Never keeps: what was typed.
"""
