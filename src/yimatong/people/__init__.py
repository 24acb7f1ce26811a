"""Persons, documents, accounts and how they log in; the only room that knows names.

Writes: people_account, people_phone, people_person, people_document, people_member,
people_note, people_worker, people_link. Reads: the same. Never keeps: a name, a document's
number, a phone or an address unsealed. Every other room knows the opaque id of a person.
"""
