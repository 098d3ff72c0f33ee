"""What can be done with equipment and devices."""
