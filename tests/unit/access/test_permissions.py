from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role


def test_every_role_has_its_permissions_and_every_permission_a_role():
    assert set(PERMISSIONS) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


def test_no_role_both_proposes_and_approves_a_registry_fact():
    both = {Permission.REGISTRY_PROPOSE, Permission.REGISTRY_APPROVE}
    assert not [role for role, permissions in PERMISSIONS.items() if both <= permissions]


def test_a_resident_and_staff_share_nothing_but_logging_out():
    for role in STAFF_ROLES:
        assert PERMISSIONS[role] & PERMISSIONS[Role.RESIDENT] == {Permission.END_SESSION}


def test_an_actor_may_what_the_role_may():
    guard = Actor(UUID(int=1), Role.GUARD, b"")
    assert guard.may(Permission.GATE_SCAN)
    assert guard.may("gate_scan")
    assert not guard.may(Permission.REGISTRY_PROPOSE)
    assert not guard.may("public")
