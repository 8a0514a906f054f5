"""The stance rules, by sentences of invented speakers."""
