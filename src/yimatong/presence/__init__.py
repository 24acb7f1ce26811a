"""Who stands at a desk, and how we know.

Every desk that scans asks here: by the code of a phone or of a paper card, by a short code read
out, by the document itself where there is nothing else, or by a ticket of one of these. What
became of it is the desk's own business. Writes: the look at the person, with the desk's purpose,
and counts that limit guessing. Reads: codes, paper cards, people, places. Never keeps: a name, a
document, a code or a picture that was shown.
"""
