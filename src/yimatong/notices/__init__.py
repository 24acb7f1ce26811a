"""What residents are told of themselves: their colour changed, it will lapse, declare.

A colour is derived and nobody writes one, so a watcher looks at who may have another: by news of
the ledger and by the moment at which time alone changes something. It compares with what was
told last. Writes: notices_notice, notices_told, notices_walk. Reads: the same, standings and
facts. Never keeps: a name, a number; a notice longer than 30 days. Nothing reads what was told
to decide anything.
"""
