"""How every deed begins and ends."""
