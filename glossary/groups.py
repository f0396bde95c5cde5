"""Who may do what with the glossary: two groups beside plain readers, made wherever a database is prepared."""

from django.contrib.auth.models import Group, Permission

# Contributors propose and look through what is proposed; editors decide. Readers flag what is wrong without a group.
CONTRIBUTOR, EDITOR = "contributor", "editor"
EDITED = ("concept", "term", "source", "relation", "subjectfield")
REVIEWED = ("suggestion", "rejection")
LOOK = [f"view_{model}" for model in (*EDITED, *REVIEWED, "entry")]
MAY = {
    CONTRIBUTOR: [*LOOK, "propose_concept"],
    EDITOR: [
        *LOOK,
        "propose_concept",
        "change_suggestion",
        "add_rejection",
        "delete_rejection",
        *(f"{do}_{model}" for model in EDITED for do in ("add", "change", "delete")),
    ],
}


def prepare() -> None:
    """Make the groups, and give them what they lack; what an administrator added to them stays."""
    for name, codes in MAY.items():
        group, _new = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="glossary", codename__in=codes))
