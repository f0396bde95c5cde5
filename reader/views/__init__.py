"""Views of the reading room: short functions that parse, call and answer."""
