"""Command's invitations by SMS: to register, to declare, to fill in the form of return (HI-05).

Writes: invitations_number, SMS. Reads: the same; whether a number needs no invitation, which
nobody is told. Never keeps: a number but by its keyed hash, and that for seven days; a list.
"""
