"""What templates ask about a filter change."""

from django import template

from filtering.asking.words import words_of

register = template.Library()
register.filter("target_words", words_of)
