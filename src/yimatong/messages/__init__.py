"""SMS out, by an outbox: a message is a row in the transaction of what it is about.

Writes: messages_sms. Reads: the same. Never keeps: a phone number or a text unsealed.
"""
