"""Pages of filtering and monitoring."""
