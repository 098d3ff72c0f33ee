"""Pages of incidents: one function a page."""
