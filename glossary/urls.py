"""Addresses of the glossary and the dictionary."""

from django.urls import path

from glossary.views import concept, editing, word

app_name = "glossary"

urlpatterns = [
    # /glossary/ : concepts
    path("glossary/", concept.concept_list, name="concept-list"),
    path("glossary/propose.json", editing.proposal, name="proposal"),
    path("glossary/files/yomitan/index.json", concept.yomitan_index, name="yomitan-index"),
    path("glossary/files/<slug:name>", concept.download, name="download"),
    path("glossary/<slug:key>/", concept.concept_detail, name="concept-detail"),
    # /editing/ : for editors
    path("editing/concepts/new/", editing.concept_new, name="concept-new"),
    path("editing/concepts/<slug:key>/", editing.concept_edit, name="concept-edit"),
    # /look-up/ : any word
    path("look-up/", word.look_up, name="look-up"),
    path("look-up/card/", word.card, name="card"),
]
