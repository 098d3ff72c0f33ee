"""Pages of equipment and devices."""
