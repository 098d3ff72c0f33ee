"""A mail server of the tests' own, which refuses whom it is told to."""

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.test import override_settings


class MailServer(socketserver.ThreadingTCPServer):
    """Take mail for everybody but the addresses with an answer of their own.

    An answer to ``DATA`` is given under ``data:`` and the address.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers = dict(answers)
        self.taken: list[tuple[str, str]] = []

    @property
    def addresses(self) -> list[str]:
        """Return to whom mail was taken, in order."""
        return [address for address, _ in self.taken]


class Talk(socketserver.StreamRequestHandler):
    """One talk with somebody who sends mail."""

    server: MailServer

    def say(self, words: str) -> None:
        """Answer with a line."""
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        """Follow the talk to its end."""
        self.say("220 tests")
        address = ""
        for line in self.rfile:
            words = line.decode().strip()
            verb = words.upper()
            if verb.startswith("RCPT"):
                address = words.partition("<")[2].partition(">")[0]
                self.say(self.server.answers.get(address, "250 OK"))
            elif verb == "DATA":
                self.take(address)
            elif verb == "QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("250 OK")

    def take(self, address: str) -> None:
        """Read a mail to its end and answer."""
        self.say("354 Go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        answer = self.server.answers.get(f"data:{address}", "250 OK")
        if answer.startswith("250"):
            self.server.taken.append((address, "".join(lines)))
        self.say(answer)


@contextmanager
def serving(answers: Mapping[str, str]) -> Iterator[MailServer]:
    """Let all mail go to a server of our own."""
    with MailServer(answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with override_settings(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=server.server_address[1],
            ):
                yield server
        finally:
            server.shutdown()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Give a mail server that takes everything until it is told otherwise."""
    with serving({}) as server:
        yield server
