"""The project package: puts the apps together and holds no rules of its own."""
