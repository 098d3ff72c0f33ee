"""Schools, terms, users, people, pupils, carers, classes; imports from the school's MIS."""
