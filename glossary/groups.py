"""Who may do what with the glossary: two groups beside plain readers, made wherever a database is prepared."""

from django.contrib.auth.models import Group, Permission

# Contributors propose and look through what is proposed; editors decide. Readers flag what is wrong without a group.
CONTRIBUTOR, EDITOR = "contributor", "editor"
EDITED = ("concept", "term", "source", "relation", "subjectfield")
MAY = {
    CONTRIBUTOR: [f"view_{model}" for model in (*EDITED, "entry")],
    EDITOR: ["view_entry", *(f"{do}_{model}" for model in EDITED for do in ("view", "add", "change", "delete"))],
}


def prepare() -> None:
    """Make the groups, and give them what they lack; what an administrator added to them stays."""
    for name, codes in MAY.items():
        group, _new = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="glossary", codename__in=codes))
