"""SMS out, by an outbox: a message is a row in the transaction of what it is about.

Also by whom they are carried, when they may wake nobody, and what the owner of a number wants
of them. Writes: messages_sms, messages_wish. Reads: the same. Never keeps: a phone number or a
text unsealed; a wish knows its number by a keyed hash alone.
"""
