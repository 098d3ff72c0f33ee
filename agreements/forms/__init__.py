"""Forms of agreements and consents."""
