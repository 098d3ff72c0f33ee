"""A mail server of the tests' own, and a stage on which no mail is on its way."""

from tests.people.mail_server import mail_server

__all__ = ["mail_server"]
