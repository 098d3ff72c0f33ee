"""What people type about an incident, turned into clean values."""
