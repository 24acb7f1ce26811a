"""Declaring one's health and checking in every day, by the person.

Writes: facts that the person says (`declaration`, `checkin.*`, symptoms, exposures, stays,
arrivals, temperature, the word that a review begins with), and what was answered and promised.
Reads: the person's own facts and last answers. Never keeps: a name, an address, an employer
or a journey; those go to `people`, sealed.
"""
