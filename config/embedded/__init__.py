"""PostgreSQL and Valkey from wheels, as children of one command, for a machine that has neither."""
