"""Addresses of the glossary and the dictionary."""

from django.urls import path

from glossary.views import candidates, changes, concept, editing, imports, suggestions, usage, word

app_name = "glossary"

urlpatterns = [
    # /glossary/ : concepts
    path("glossary/", concept.concept_list, name="concept-list"),
    path("glossary/propose.json", editing.proposal, name="proposal"),
    path("glossary/files/yomitan/index.json", concept.yomitan_index, name="yomitan-index"),
    path("glossary/files/<slug:name>", concept.download, name="download"),
    path("glossary/<slug:key>/", concept.concept_detail, name="concept-detail"),
    # /editing/ : for editors
    path("editing/new-concept/", editing.concept_new, name="concept-new"),
    path("editing/concepts/<slug:key>/", editing.concept_edit, name="concept-edit"),
    # /changes/ : what has changed, and the way back
    path("changes/", changes.change_list, name="changes"),
    path("changes/feed.xml", changes.feed, name="changes-feed"),
    path("changes/<slug:key>/", changes.concept_changes, name="concept-changes"),
    path("changes/<slug:key>/revert/", changes.concept_revert, name="concept-revert"),
    # /editing/imports/ : files on their way in
    path("editing/imports/", imports.import_list, name="imports"),
    path("editing/imports/add/", imports.import_add, name="import-add"),
    path("editing/imports/<int:pk>/", imports.import_detail, name="import"),
    path("editing/imports/<int:pk>/progress.json", imports.import_progress, name="import-progress"),
    path("editing/imports/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("editing/imports/<int:pk>/again/", imports.import_again, name="import-again"),
    path("editing/imports/<int:pk>/undo/", imports.import_undo, name="import-undo"),
    path("editing/imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("glossary/<slug:key>/concordance/", usage.concept_concordance, name="concordance"),
    # /terms/ : all that stand in texts
    path("terms/", usage.term_index, name="term-index"),
    # /editing/ : what editors look through
    path("editing/coverage/", usage.coverage_report, name="coverage"),
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
