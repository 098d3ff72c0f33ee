"""What templates ask about a filter change."""

from django import template

from filtering.change_words import words_of

register = template.Library()
register.filter("target_words", words_of)
