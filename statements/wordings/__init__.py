"""What can be read from the words of a report: numbers, negations, what they cite and are about.

One reading and one list of words for each language (`lexicon.csv`), for joining reports as for
comparing them. Pure: no Django.
"""
