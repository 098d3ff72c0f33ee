"""How deeds on records of equipment begin and end, one file an area."""
