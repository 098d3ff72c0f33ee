"""What people do with agreements and consents."""
