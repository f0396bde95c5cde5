"""The reference room: concepts, terms, and the dictionary behind every word."""
