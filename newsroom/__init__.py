"""The sample newsroom: invented outlets whose articles were written for Demarche.

It stands alone: no part of the program is imported here, and the program reads it over HTTP
like any other site. Only `catalogue` is called, to register its feeds.
"""

from newsroom.outlets import OUTLETS, Listing, Outlet

__all__ = ["OUTLETS", "Listing", "Outlet"]
