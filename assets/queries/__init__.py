"""What is read of equipment and devices."""
