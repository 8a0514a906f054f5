"""Fixtures of the gate's tests."""

from tests.sources.fetching.canaries import canaries

__all__ = ["canaries"]
