"""A guard scans a person; passages.

Decides by the standing as of now under the policy of the place's region, the kind of place
and the temperature just taken. Writes: passages, reports of what looked wrong, and facts
(temperature, fever) into the ledger. Reads: standings, places, codes. Never keeps: a name, a
document, a code that was scanned, a plate or a note in the clear.
"""
