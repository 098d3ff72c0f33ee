"""Policies as data: versions, numbered clauses, and the ladder of infringements and sanctions."""
