"""Pages over roles, what they may do, and what they are responsible for."""
