"""Tests of zhtext."""
