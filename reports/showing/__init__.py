"""What pages, papers and PDFs show."""
