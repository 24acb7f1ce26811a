"""Desks (登记台): whoever scans a resident's code to record something, by the scene of the place.

One way for all: a fever clinic, an observation ward, a pharmacy, and whatever scene a file adds.
The form is the scene's; what is handed in becomes facts of the ledger, and the standing follows.
Writes: entries and courses, facts by way of `ledger`, what was typed as a note of `people`.
Medicine bought for somebody else waits for their word (`behalf`, `answering`).
Reads: scenes, standings, places. Never keeps: a code, a name, an address of its own; a number but
by its keyed hash, for seven days.
"""
