"""How every deed begins and ends, and which comes next."""
