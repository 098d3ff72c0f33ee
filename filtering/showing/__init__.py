"""What the pages of oversight show, put together."""
