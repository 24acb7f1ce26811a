"""The closed lists of what may be done and of who may do it.

A route names exactly one permission. A new permission is added here, given to roles in
PERMISSIONS, and described in docs/reference.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType


@unique
class Permission(StrEnum):
    """What may be done."""

    END_SESSION = "end_session"
    OWN_LOGINS = "own_logins"
    OWN_CARD = "own_card"
    OWN_CODE = "own_code"
    OWN_RECORD = "own_record"
    OWN_NOTICES = "own_notices"
    FAMILY = "family"
    DECLARE = "declare"
    CHECK_IN = "check_in"
    APPLY_PERMIT = "apply_permit"
    DESK = "desk"
    GATE_SCAN = "gate_scan"
    GATE_PASSAGES = "gate_passages"
    PLACE_SETUP = "place_setup"
    TEAM = "team"
    ENTER_VENUE = "enter_venue"
    OWN_VENUE = "own_venue"
    VENUE_OVERVIEW = "venue_overview"
    PERMIT_REVIEW = "permit_review"
    CLERK_DESK = "clerk_desk"
    DESK_RECORD = "desk_record"
    REGISTRY_PROPOSE = "registry_propose"
    REGISTRY_APPROVE = "registry_approve"
    PLACE_APPROVE = "place_approve"
    STAFF_MANAGE = "staff_manage"
    INFORMATION_PUBLISH = "information_publish"
    INVITE = "invite"


@unique
class Role(StrEnum):
    """Whose session it is. Everybody but a resident is staff, with a second factor."""

    RESIDENT = "resident"
    GUARD = "guard"
    WORKER = "worker"
    ISSUER = "issuer"
    CLERK = "clerk"
    REGISTRAR = "registrar"
    REGISTRY_CHECKER = "registry_checker"
    ADMINISTRATOR = "administrator"


_P = Permission
_STAFF = frozenset({_P.END_SESSION, _P.DESK})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.RESIDENT: frozenset(
            {
                _P.END_SESSION,
                _P.OWN_LOGINS,
                _P.OWN_CARD,
                _P.OWN_CODE,
                _P.OWN_RECORD,
                _P.OWN_NOTICES,
                _P.FAMILY,
                _P.DECLARE,
                _P.CHECK_IN,
                _P.APPLY_PERMIT,
                _P.PLACE_SETUP,
                _P.ENTER_VENUE,
                _P.OWN_VENUE,
            }
        ),
        Role.GUARD: _STAFF | {_P.GATE_SCAN, _P.GATE_PASSAGES, _P.TEAM},
        Role.WORKER: _STAFF | {_P.DESK_RECORD, _P.TEAM},
        Role.ISSUER: _STAFF | {_P.PERMIT_REVIEW},
        Role.CLERK: _STAFF | {_P.CLERK_DESK, _P.TEAM},
        # maker and checker of a registry fact are two people, so no role holds both
        Role.REGISTRAR: _STAFF | {_P.REGISTRY_PROPOSE},
        Role.REGISTRY_CHECKER: _STAFF | {_P.REGISTRY_APPROVE},
        Role.ADMINISTRATOR: _STAFF
        | {
            _P.PLACE_APPROVE,
            _P.STAFF_MANAGE,
            _P.INFORMATION_PUBLISH,
            _P.INVITE,
            _P.VENUE_OVERVIEW,
        },
    }
)
STAFF_ROLES = frozenset(Role) - {Role.RESIDENT}
