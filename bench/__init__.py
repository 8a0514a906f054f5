"""Long measurements against an installation of their own; `./run bench NAME`."""
