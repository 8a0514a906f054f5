"""Typed words and chosen values -> which statements, how many, and how many of each value."""
