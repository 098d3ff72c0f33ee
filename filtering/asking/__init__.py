"""What a filter change is about: addresses, rules, values, words."""
