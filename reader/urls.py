"""Addresses of the reading room."""

from django.urls import path

from reader.views import (
    account,
    account_data,
    anchor,
    annotation,
    choice,
    document_edit,
    group,
    library,
    link,
    my_notes,
    note,
    note_transfer,
    pending,
    position,
    reply,
    settings,
    suggestion,
    token,
)

app_name = "reader"

urlpatterns = [
    path("", library.library, name="library"),
    path("about/", library.about, name="about"),
    # /documents/ : texts
    path("documents/<slug:slug>/", library.document, name="document"),
    path("documents/<slug:slug>/layer.json", library.layer, name="layer"),
    path("documents/<slug:slug>/chapters/<int:number>/", library.document, name="chapter"),
    path("documents/<slug:slug>/chapters/<int:number>/layer.json", library.layer, name="chapter-layer"),
    path("documents/<slug:slug>/chapters/<int:number>/cards.json", library.cards, name="chapter-cards"),
    path("documents/<slug:slug>/chapters/<int:number>/terms/", library.terms, name="chapter-terms"),
    path("documents/<slug:slug>/choices/", choice.choice_list, name="choices"),
    path("documents/<slug:slug>/choices/make/", choice.make, name="choice-make"),
    path("documents/<slug:slug>/choices/<int:pk>/undo/", choice.undo, name="choice-undo"),
    path("documents/<slug:slug>/cards.json", library.cards, name="cards"),
    path("documents/<slug:slug>/terms/", library.terms, name="terms"),
    path("documents/<slug:slug>/print/", library.to_print, name="print"),
    path("documents/<slug:slug>/paragraphs/<int:number>/", library.block, name="block"),
    path("documents/<slug:slug>/edit/", document_edit.edit, name="document-edit"),
    path("documents/<slug:slug>/dropped/", library.dropped, name="dropped"),
    path("documents/<slug:slug>/dropped/put-back/", library.put_back, name="put-back"),
    # … and the notes on them
    path("documents/<slug:slug>/notes.json", note.of_document, name="notes-of-document"),
    path("documents/<slug:slug>/notes/", note.add, name="note-add"),
    # … and where one is in them
    path("documents/<slug:slug>/position/", position.keep, name="position"),
    # /notes/ : my notes
    path("notes/", my_notes.mine, name="notes"),
    path("notes/change/", my_notes.change, name="notes-change"),
    path("notes/undo/<int:number>/", my_notes.undo, name="notes-undo"),
    path("notes/tags/", my_notes.tags, name="tags"),
    path("notes/tags/change/", my_notes.tag_change, name="tag-change"),
    path("notes/inbox/", anchor.inbox, name="notes-inbox"),
    path("notes/pending/", pending.note_pending, name="note-pending"),
    path("notes/pending/<slug:key>/discard/", pending.discard, name="pending-discard"),
    path("notes/pending/<slug:key>/restore/", pending.restore, name="pending-restore"),
    # … out and in
    path("notes/export/<slug:name>", note_transfer.export, name="note-export"),
    path("notes/import/", note_transfer.upload, name="note-import"),
    path("notes/import/check/", note_transfer.check, name="note-import-check"),
    path("notes/import/confirm/", note_transfer.confirm, name="note-import-confirm"),
    path("notes/import/discard/", note_transfer.discard, name="note-import-discard"),
    # … each
    path("notes/<int:pk>/", note.edit, name="note-edit"),
    path("notes/<int:pk>/delete/", note.delete, name="note-delete"),
    path("notes/<int:pk>/restore/", note.restore, name="note-restore"),
    path("notes/<int:pk>/place/", anchor.choose, name="note-choose"),
    path("notes/<int:pk>/attach/", anchor.attach, name="note-attach"),
    path("notes/<int:pk>/undo-attach/", anchor.undo, name="note-undo-attach"),
    path("notes/<int:pk>/replies/", reply.of_note, name="replies"),
    # /replies/ : what I have said to notes
    path("replies/", reply.mine, name="my-replies"),
    path("replies/<int:pk>/", reply.edit, name="reply-edit"),
    path("replies/<int:pk>/delete/", reply.delete, name="reply-delete"),
    path("replies/<int:pk>/restore/", reply.restore, name="reply-restore"),
    # /groups/ : with whom I share notes
    path("groups/", group.group_list, name="groups"),
    path("groups/make/", group.make, name="group-make"),
    path("groups/join/<slug:token>/", group.join, name="group-join"),
    path("groups/<int:pk>/", group.group_detail, name="group"),
    path("groups/<int:pk>/change/", group.change, name="group-change"),
    path("groups/<int:pk>/renew/", group.renew, name="group-renew"),
    path("groups/<int:pk>/rename/", group.rename, name="group-rename"),
    path("groups/<int:pk>/leave/", group.leave, name="group-leave"),
    path("groups/<int:pk>/close/", group.close, name="group-close"),
    path("groups/<int:pk>/members/<int:number>/remove/", group.remove, name="group-remove"),
    # /links/ : my unlisted links; /shared/ : what they open
    path("links/", link.link_list, name="links"),
    path("links/new/", link.new, name="link-new"),
    path("links/<int:pk>/", link.edit, name="link-edit"),
    path("links/<int:pk>/revoke/", link.revoke, name="link-revoke"),
    path("shared/<slug:token>/", link.shared, name="shared"),
    # /annotations/ : my notes, for programs (W3C Web Annotation Protocol)
    path("annotations/", annotation.container, name="annotations"),
    path("annotations/<uuid:uuid>/", annotation.annotation, name="annotation"),
    # /suggest/ : what is wrong with a word; /suggestions/ : what I have said of it
    path("suggest/", suggestion.suggest, name="suggest"),
    path("suggestions/", suggestion.mine, name="suggestions"),
    # /account/ : who I am
    path("account/", account.account, name="account"),
    path("account/export/", account_data.export, name="account-export"),
    path("account/delete/", account_data.delete, name="account-delete"),
    path("account/tokens/", token.token_list, name="tokens"),
    path("account/tokens/add/", token.add, name="token-add"),
    path("account/tokens/<int:pk>/revoke/", token.revoke, name="token-revoke"),
    path("me.json", account.me, name="me"),
    # /settings/ : how texts are shown
    path("settings/", settings.settings, name="settings"),
    path("settings.css", settings.stylesheet, name="settings-css"),
]
