"""Statements as lists show them: what a card tells, read in one query."""
