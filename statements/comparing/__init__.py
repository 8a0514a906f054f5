"""What may differ between two reports of one statement: each kind of value in a file. Pure.

All of it is conservative: what is not told, or cannot be compared, is not different.
"""
