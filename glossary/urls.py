"""Addresses of the glossary and the dictionary."""

from django.urls import path

from glossary.views import candidates, concept, editing, suggestions, word

app_name = "glossary"

urlpatterns = [
    # /glossary/ : concepts
    path("glossary/", concept.concept_list, name="concept-list"),
    path("glossary/propose.json", editing.propose, name="propose"),
    path("glossary/files/yomitan/index.json", concept.yomitan_index, name="yomitan-index"),
    path("glossary/files/<slug:name>", concept.download, name="download"),
    path("glossary/<slug:key>/", concept.concept_detail, name="concept-detail"),
    # /editing/ : what keeps the glossary
    path("editing/", suggestions.dashboard, name="editing"),
    path("editing/suggestions/", suggestions.queue, name="suggestions"),
    path("editing/suggestions/<int:pk>/accept/", suggestions.accept, name="suggestion-accept"),
    path("editing/suggestions/<int:pk>/refuse/", suggestions.refuse, name="suggestion-refuse"),
    path("editing/candidates/", candidates.candidate_list, name="candidates"),
    path("editing/candidates/accept/", candidates.accept, name="candidate-accept"),
    path("editing/candidates/merge/", candidates.merge, name="candidate-merge"),
    path("editing/candidates/reject/", candidates.reject, name="candidate-reject"),
    path("editing/candidates/undo/", candidates.undo, name="candidate-undo"),
    path("editing/candidates/rejected/", candidates.rejection_list, name="rejections"),
    path("editing/candidates/rejected/<int:pk>/put-back/", candidates.put_back, name="rejection-put-back"),
    # /look-up/ : any word
    path("look-up/", word.look_up, name="look-up"),
    path("look-up/card/", word.card, name="card"),
]
