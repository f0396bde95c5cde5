"""Addresses of the glossary and the dictionary."""

from django.urls import path

from glossary.views import concept, editing, usage, word

app_name = "glossary"

urlpatterns = [
    # /glossary/ : concepts
    path("glossary/", concept.concept_list, name="concept-list"),
    path("glossary/propose.json", editing.propose, name="propose"),
    path("glossary/files/yomitan/index.json", concept.yomitan_index, name="yomitan-index"),
    path("glossary/files/<slug:name>", concept.download, name="download"),
    path("glossary/<slug:key>/", concept.concept_detail, name="concept-detail"),
    path("glossary/<slug:key>/concordance/", usage.concept_concordance, name="concordance"),
    # /terms/ : all that stand in texts
    path("terms/", usage.term_index, name="term-index"),
    # /editing/ : what editors look through
    path("editing/coverage/", usage.coverage_report, name="coverage"),
    # /look-up/ : any word
    path("look-up/", word.look_up, name="look-up"),
    path("look-up/card/", word.card, name="card"),
]
