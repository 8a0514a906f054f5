"""The index that a web process keeps beside the database: documents as bits, values as columns.

A document is a listed statement by its number. The `base` holds those of one moment, numbered
in the order of the timeline, the oldest first; what has changed since then has left the `live`
ones and stands again at the end, in the order of arrival.
"""
