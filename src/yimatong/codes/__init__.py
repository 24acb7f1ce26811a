"""A person's standing and the code that shows it: derive, mint, verify, show.

Writes: a cache of standings, which can be forgotten at any time; short codes on demand.
Reads: facts from the ledger, the masked name from people, keys, policies.
Never keeps: a colour that was not derived, a code that was shown, a name.
"""
