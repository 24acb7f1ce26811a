"""How the world comes in, and where everything is wired: web, command line, worker.

Writes: nothing itself. Reads: settings, policy packs, the key file. Never keeps: anything.
"""
