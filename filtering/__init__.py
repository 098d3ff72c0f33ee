"""Filtering and monitoring: what is blocked for whom and why, every change, every alert."""
