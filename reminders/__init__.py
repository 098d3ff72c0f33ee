"""Duties that fall due, who is reminded of them, and the mail of the day."""
