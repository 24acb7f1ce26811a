"""What a person says of themselves: declaring, checking in, coming back, going back to work.

Writes: facts that the person says (`declaration`, `checkin.*`, symptoms, exposures, stays,
arrivals, temperature, the word that a review begins with; `withdrawn` for what they take back),
and what was answered and promised. Reads: the person's own facts, last answers and standing.
Never keeps: a name, an address, an employer or a journey; those go to `people`, sealed, and so
does what is typed and not sent yet. Nor whether somebody may work: that is derived.
"""
