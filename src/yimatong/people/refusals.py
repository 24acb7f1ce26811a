"""What a try that was not right is answered with."""

from yimatong.access.otp import OtpResult
from yimatong.access.totp import TotpResult
from yimatong.kernel.errors import BadInput, TooMany, Where, YimatongError

LOCKED_FOR = 3600
"""Seconds after which trying again may help: both limits count the tries of an hour."""
_FIELD = Where(field="code")


def refusal(result: OtpResult | TotpResult) -> YimatongError:
    """The error to answer with, after the transaction that counted the try has committed."""
    code = f"people.code.{result}" if isinstance(result, OtpResult) else f"people.totp.{result}"
    if result in {OtpResult.LOCKED, TotpResult.LOCKED}:
        error = TooMany.of(code, _FIELD)
        error.retry_after = LOCKED_FOR
        return error
    return BadInput.of(code, _FIELD)
