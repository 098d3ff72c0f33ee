"""What is read of filtering and monitoring."""
