"""The reading room: documents, pages, notes, accounts."""
