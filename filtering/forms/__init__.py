"""Input to filtering and monitoring."""
