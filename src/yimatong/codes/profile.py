"""What mint and verifier agree on about the text of a code, beside the standards."""

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

PREFIX = "YM1:"
ES256 = ECDSA(SHA256())
