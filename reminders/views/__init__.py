"""Pages over duties and reminders."""
