"""Views of the reference room: short functions that parse, call and answer."""
