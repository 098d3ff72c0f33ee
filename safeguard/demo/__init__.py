"""Three demo schools with invented people, filled by walking the product's own actions."""
