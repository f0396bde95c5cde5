"""Contributors look, editors decide: what the groups may do."""

import pytest
from django.contrib.auth.models import Group

from glossary import groups
from reader.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def may() -> dict[str, set[str]]:
    """Give what a member of each group may do."""
    groups.prepare()
    found = {}
    for name in groups.MAY:
        user = User.objects.create_user(name)
        user.groups.add(Group.objects.get(name=name))
        found[name] = user.get_all_permissions()
    return found


def test_editors_write_the_glossary_and_no_accounts(may: dict[str, set[str]]) -> None:
    assert {"glossary.add_concept", "glossary.change_term", "glossary.delete_source"} <= may[groups.EDITOR]
    assert not any(permission.startswith(("auth.", "reader.")) for permission in may[groups.EDITOR])


def test_contributors_propose_and_change_nothing(may: dict[str, set[str]]) -> None:
    looks = {permission for permission in may[groups.CONTRIBUTOR] if permission.startswith("glossary.view_")}
    assert {"glossary.view_suggestion", "glossary.view_rejection"} <= looks
    assert may[groups.CONTRIBUTOR] - looks == {"glossary.propose_concept"}


def test_what_an_administrator_added_stays(may: dict[str, set[str]]) -> None:
    group = Group.objects.get(name=groups.CONTRIBUTOR)
    group.permissions.add(*Group.objects.get(name=groups.EDITOR).permissions.filter(codename="add_concept"))
    groups.prepare()
    assert group.permissions.filter(codename="add_concept").exists()
