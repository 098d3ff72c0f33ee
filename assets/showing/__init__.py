"""How records of equipment and devices are shown."""
