"""Who may do what: permissions, roles, sessions, SMS codes, second factors, limits.

Writes: access_session, access_otp, access_otp_subject, access_staff, access_limit,
access_idempotency. Reads: the same. Never keeps: a token, an SMS code or a phone number in
a form that could be read back; the secret of a second factor only sealed.
"""
