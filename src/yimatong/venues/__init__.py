"""Venues and vehicles (YN-01): shops, markets, buses whose poster people scan themselves.

A visit is no fact: where somebody was changes nobody's standing by itself. Owners read counts,
never who it was. Writes: owners, visits. Reads: places, posters, standings. Never keeps: a name.
"""
