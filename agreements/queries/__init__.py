"""Reads of agreements and consents."""
