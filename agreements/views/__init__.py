"""Pages of agreements and consents."""
