"""Becoming a desk (HI-10, HI-11, HI-13): a place is registered by who works there, opened by an
administrator of its area, joined by others with the place's code, and left again.

Writes: places and posts by way of `places` and `access`, join codes, who asked to join. Reads: the
same, scenes. Never keeps: a worker's name or phone, which are `people`'s.
"""
