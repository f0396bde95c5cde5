"""Addresses of the glossary and the dictionary."""

from django.urls import path

from glossary import views

app_name = "glossary"

urlpatterns = [
    # /glossary/ : concepts
    path("glossary/", views.concept_list, name="concept-list"),
    path("glossary/propose.json", views.propose, name="propose"),
    path("glossary/files/yomitan/index.json", views.yomitan_index, name="yomitan-index"),
    path("glossary/files/<slug:name>", views.download, name="download"),
    path("glossary/<slug:key>/", views.concept_detail, name="concept-detail"),
    # /look-up/ : any word
    path("look-up/", views.look_up, name="look-up"),
    path("look-up/card/", views.card, name="card"),
]
