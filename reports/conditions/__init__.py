"""What has to hold before a deed may be done."""
