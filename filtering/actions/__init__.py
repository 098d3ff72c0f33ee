"""What can be done in filtering and monitoring."""
