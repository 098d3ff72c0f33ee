"""What can be done with reports and governors' reviews."""
