"""The search over a large invented ledger: exact, how fast, and beside other engines."""
