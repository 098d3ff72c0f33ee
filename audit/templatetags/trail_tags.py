"""Template filters of the pages of the trail."""

from django import template

from audit.words import fact_lines, kind_of, words_of

register = template.Library()

register.filter("trail_words", words_of)
register.filter("trail_kind", kind_of)
register.filter("fact_lines", fact_lines)
