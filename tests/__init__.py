"""Tests, mirrored after the packages they test: read them as examples."""
