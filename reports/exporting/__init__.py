"""What is taken out as a file, line by line."""
