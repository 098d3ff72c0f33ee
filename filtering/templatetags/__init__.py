"""Template tags of filtering."""
