"""Groups are made, joined by their invitation, left and closed; whoever goes takes their notes along."""

from typing import Any

import pytest
from django.test import Client

from reader import notes, sharing
from reader.models import Document, Membership, Note, ReadingGroup, Reply, User
from reader.naming import BadNameError, check

pytestmark = pytest.mark.django_db
NEW = {"name": "Class 3b", "own_name": "Teacher", "members_share": "on"}


@pytest.fixture
def pupils_note(bob: User, document: Document, group: ReadingGroup) -> Note:
    """A note of Bob's, shared with the class."""
    return notes.add(user=bob, document=document, revision=1, start=0, end=2, body="a pupil asks", group=group)


def membership(group: ReadingGroup, name: str) -> Membership:
    return group.memberships.get(name=name)


@pytest.mark.parametrize(
    ("typed", "others", "kept"),
    [
        # Spaces are single, and none stand at the ends; letters are composed.
        ("  Ms   Li ", [], "Ms Li"),
        ("e\u0301cole", [], "\u00e9cole"),
        ("李老师 👩‍🏫", ["李"], "李老师 👩‍🏫"),
        ("x" * 60, [], "x" * 60),
        # What is none, or too long, or cannot be shown.
        ("", [], "Say a name."),
        (" \u3000 ", [], "Say a name."),
        ("\u200b\u200d", [], "Say a name."),
        ("\u3164 \u2800\uffa0\u115f", [], "Say a name."),
        ("\u034f\ufe0f\U000e0101", [], "Say a name."),
        ("x" * 61, [], "can have 60 characters"),
        ("Bob\u202egpj", [], "cannot be shown"),
        ("Bob\x00", [], "cannot be shown"),
        # Somebody else's: whatever its case, width, spaces, or what cannot be seen between its letters.
        ("pupil", ["Pupil"], "has this name already"),
        ("ÉMILE", ["émile"], "has this name already"),
        ("Ｐｕｐｉｌ", ["Pupil"], "has this name already"),
        ("Ms Li", ["msli"], "has this name already"),
        ("Pu\u200bpil", ["Pupil"], "has this name already"),
        ("Pupil\ufe0f", ["Pupil"], "has this name already"),
        ("Pu\u034fpil\u3164", ["Pupil"], "has this name already"),
        ("Pupil\u2800", ["Pupil\U000e0101"], "has this name already"),
    ],
)
def test_a_name_is_one_that_others_can_read_and_nobody_else_has(typed: str, others: list[str], kept: str) -> None:
    try:
        assert check(typed, others) == kept
    except BadNameError as error:
        assert kept in str(error)


def test_who_makes_a_group_is_in_it_and_alone(as_alice: Client, alice: User) -> None:
    answer = as_alice.post("/groups/make/", NEW)
    made = ReadingGroup.objects.get()
    assert answer["Location"] == f"/groups/{made.pk}/"
    assert (made.owner, made.members_share, made.allows_replies) == (alice, True, False)
    assert [member.name for member in made.memberships.all()] == ["Teacher"]
    assert made.invitation in as_alice.get(answer["Location"]).content.decode()
    assert "Class 3b" in as_alice.get("/groups/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed"), [("name", " "), ("own_name", ""), ("name", "x" * 61), ("name", "a\u202eb")]
)
def test_a_group_without_names_is_not_made_and_what_was_typed_is_given_back(
    as_alice: Client, field: str, typed: str
) -> None:
    answer = as_alice.post("/groups/make/", {"name": "Typed once", "own_name": "Typed once"} | {field: typed})
    assert (answer.status_code, ReadingGroup.objects.count()) == (400, 0)
    assert 'value="Typed once"' in answer.content.decode()


def test_a_guest_with_an_invitation_signs_in_and_comes_back(as_charlie: Client, group: ReadingGroup) -> None:
    address = f"/groups/join/{group.invitation}/"
    for answer in (as_charlie.get(address), as_charlie.post(address, {"name": "Charlie"})):
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={address}")
    page = as_charlie.get(answer["Location"]).content.decode()
    assert "You are invited to a group" in page
    assert f'value="{address}"' in page
    assert "Class 3b" not in page


def test_who_has_the_invitation_joins_under_a_name_of_their_own(as_dora: Client, group: ReadingGroup) -> None:
    address = f"/groups/join/{group.invitation}/"
    page = as_dora.get(address).content.decode()
    assert "Class 3b" in page
    assert "Teacher invites you" in page
    assert "Pupil" not in page
    taken = as_dora.post(address, {"name": "pupil"})
    assert (taken.status_code, "has this name already" in taken.content.decode()) == (400, True)
    assert 'value="pupil"' in taken.content.decode()
    joined = as_dora.post(address, {"name": "Second pupil"}, follow=True).content.decode()
    assert "Welcome, Second pupil." in joined
    assert "You are in this group already." in as_dora.get(address, follow=True).content.decode()
    assert group.memberships.count() == 3


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_invitation_leads_nowhere(as_dora: Client, group: ReadingGroup, method: str) -> None:
    answer = getattr(as_dora, method)(f"/groups/join/{group.invitation[:-1]}/", {"name": "Dora"})
    assert (answer.status_code, group.memberships.count()) == (404, 2)


def test_a_new_invitation_voids_the_old_one(as_alice: Client, as_dora: Client, group: ReadingGroup) -> None:
    as_alice.post(f"/groups/{group.pk}/renew/")
    assert as_dora.post(f"/groups/join/{group.invitation}/", {"name": "Dora"}).status_code == 404
    group.refresh_from_db()
    assert as_dora.post(f"/groups/join/{group.invitation}/", {"name": "Dora"}).status_code == 302
    assert group.memberships.count() == 3


def test_members_see_what_is_shared_under_chosen_names(as_bob: Client, shared_note: Note, note: Note) -> None:
    page = as_bob.get(f"/groups/{shared_note.group_id}/").content.decode()
    assert "for the <em>class</em>" in page
    assert f"/documents/size/?note={shared_note.pk}" in page
    assert "<b>Teacher</b>" in page
    for hidden in ("alice", "secret thought", shared_note.group.invitation, "Close the group"):  # type: ignore[union-attr]
        assert hidden not in page


def test_of_many_notes_a_page_shows_some(
    as_bob: Client, alice: User, shared_note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.views.group.NOTES_ON_A_PAGE", 1)
    notes.add(
        user=alice, document=shared_note.document, revision=1, start=0, end=1, body="2nd", group=shared_note.group
    )
    first, second = (as_bob.get(f"/groups/{shared_note.group_id}/?page={page}").content.decode() for page in (1, 2))
    assert ("2nd" in first, "2nd" in second) == (True, False)
    assert "1 / 2" in first


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("change/", {"name": "Taken over"}),
        ("renew/", {}),
        ("close/", {}),
        ("members/{teacher}/remove/", {}),
        ("members/{pupil}/remove/", {}),
    ],
)
def test_only_its_owner_decides_of_a_group(as_bob: Client, group: ReadingGroup, address: str, data: Any) -> None:
    before = ReadingGroup.objects.values().get()
    members = {name: membership(group, name.title()).pk for name in ("teacher", "pupil")}
    assert as_bob.post(f"/groups/{group.pk}/{address.format(**members)}", data).status_code == 404
    assert (ReadingGroup.objects.values().get(), group.memberships.count()) == (before, 2)


def test_its_owner_names_it_anew_and_says_what_members_may(as_alice: Client, group: ReadingGroup) -> None:
    as_alice.post(f"/groups/{group.pk}/change/", {"name": " 三年级 "})
    group.refresh_from_db()
    assert (group.name, group.members_share, group.allows_replies) == ("三年级", False, False)
    refused = as_alice.post(f"/groups/{group.pk}/change/", {"name": ""})
    assert (refused.status_code, "Say a name." in refused.content.decode()) == (400, True)


def test_a_member_is_called_otherwise_also_on_what_they_said(as_bob: Client, bob: User, shared_note: Note) -> None:
    address = f"/groups/{shared_note.group_id}/rename/"
    Reply.objects.create(note=shared_note, user=bob, group=shared_note.group, name="Pupil", body="Why?")
    for name in ("Teacher", "TEACHER", ""):
        assert as_bob.post(address, {"name": name}).status_code == 400
    assert as_bob.post(address, {"name": "PUPIL"}).status_code == 302
    assert Reply.objects.get().name == "PUPIL"


@pytest.mark.parametrize("how", ["leave", "remove", "close"])
def test_notes_of_who_goes_are_private_again(
    as_alice: Client, as_bob: Client, group: ReadingGroup, pupils_note: Note, how: str
) -> None:
    pupil = membership(group, "Pupil")
    browser, address = {
        "leave": (as_bob, "leave/"),
        "remove": (as_alice, f"members/{pupil.pk}/remove/"),
        "close": (as_alice, "close/"),
    }[how]
    assert "a pupil asks" in as_alice.get("/documents/size/notes.json").content.decode()
    done = browser.post(f"/groups/{group.pk}/{address}", follow=True).content.decode()
    assert "private again" in done
    pupils_note.refresh_from_db()
    assert (pupils_note.group_id, pupils_note.version) == (None, 2)
    assert "a pupil asks" not in as_alice.get("/documents/size/notes.json").content.decode()
    assert "a pupil asks" in as_bob.get("/documents/size/notes.json").content.decode()


def test_who_was_removed_cannot_come_back_by_the_old_invitation(
    as_alice: Client, as_bob: Client, group: ReadingGroup
) -> None:
    as_alice.post(f"/groups/{group.pk}/members/{membership(group, 'Pupil').pk}/remove/")
    assert as_bob.post(f"/groups/join/{group.invitation}/", {"name": "Pupil"}).status_code == 404
    assert as_bob.get(f"/groups/{group.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["leave/", "members/{pk}/remove/"])
def test_an_owner_does_not_leave_but_closes(as_alice: Client, group: ReadingGroup, address: str) -> None:
    teacher = membership(group, "Teacher")
    page = as_alice.post(f"/groups/{group.pk}/{address.format(pk=teacher.pk)}", follow=True).content.decode()
    assert "you can close it, but not leave it" in page
    assert group.memberships.count() == 2


def test_all_notes_are_taken_back_together(
    group: ReadingGroup, pupils_note: Note, django_assert_max_num_queries: Any
) -> None:
    for start in range(5, 25):
        Note.objects.create(user=pupils_note.user, document=pupils_note.document, group=group, revision=1, start=start,
                            end=start + 1, quote="x")  # fmt: skip
    # One more locks them, in the order of their keys.
    with django_assert_max_num_queries(7):
        assert sharing.leave(membership(group, "Pupil")) == 21


def test_a_group_goes_with_its_owners_account(as_bob: Client, alice: User, pupils_note: Note) -> None:
    alice.delete()
    pupils_note.refresh_from_db()
    assert (pupils_note.group, ReadingGroup.objects.count()) == (None, 0)
    assert "Class 3b" not in as_bob.get("/groups/").content.decode()


def test_a_note_is_not_shared_with_a_group_that_does_not_let_one(
    as_bob: Client, as_dora: Client, group: ReadingGroup, document: Document
) -> None:
    sharing.change_group(group, name="Class 3b", members_share=False, allows_replies=True)
    for browser in (as_bob, as_dora):
        data = {"revision": 1, "start": 0, "end": 2, "body": "mine", "group": group.pk}
        answer = browser.post("/documents/size/notes/", data, headers={"Accept": "application/json"})
        assert (answer.status_code, Note.objects.count()) == (400, 0)


def test_a_page_of_a_group_asks_the_database_as_often_for_many_notes(
    as_bob: Client, alice: User, shared_note: Note, django_assert_max_num_queries: Any
) -> None:
    for start in range(20):
        notes.add(user=alice, document=shared_note.document, revision=1, start=start, end=start + 1, body="x",
                  group=shared_note.group)  # fmt: skip
    with django_assert_max_num_queries(12):
        as_bob.get(f"/groups/{shared_note.group_id}/")


def test_a_number_that_no_database_holds_is_no_group(as_alice: Client) -> None:
    for end in ("", "rename/", "leave/", "change/", "renew/", "close/", f"members/{10**40}/remove/"):
        address = f"/groups/{10**40}/{end}"
        assert (as_alice.post(address, {"name": "N"}) if end else as_alice.get(address)).status_code == 404, end


def test_an_invitation_that_is_renewed_meanwhile_is_none(
    as_dora: Client, group: ReadingGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, join = group.invitation, sharing.join

    def late(**said: Any) -> Membership:
        sharing.renew_invitation(group)
        return join(**said)

    monkeypatch.setattr(sharing, "join", late)
    assert as_dora.post(f"/groups/join/{old}/", {"name": "Dora"}).status_code == 404


def test_a_class_signs_up_at_once_from_one_address(db: None) -> None:
    for number in range(40):
        name, password = f"pupil{number}", "a long walk by the river"
        data = {"username": name, "password1": password, "password2": password}
        assert Client().post("/accounts/signup/", data).status_code == 302
