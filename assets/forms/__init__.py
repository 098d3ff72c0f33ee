"""Forms of equipment and devices."""
