"""Mail: one letter to one address, handed to the city's own mail server."""

import smtplib
import ssl
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage

from portal.config import Post

SECONDS = 20


def send(post: Post, to: str, subject: str, body: str, *, key: str) -> None:
    """Send to exactly one address; ValueError for anything else, OSError or SMTPException where it cannot be sent.

    `key` becomes the message's id: a letter that was sent twice, because the worker died in between, is known as one.
    """
    letter = EmailMessage()
    letter["Subject"], letter["From"] = subject, post.sender
    letter["To"] = one_address(to)
    letter["Message-ID"] = f"<{key}@{post.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    with _connect(post) as server:
        if post.user:
            server.login(post.user, post.password)
        server.send_message(letter, from_addr=post.sender, to_addrs=[to])


def one_address(to: str) -> Address:
    """The address as a header wants it; a list, a line break or a name beside it is refused."""
    if not to.isprintable() or to != to.strip():
        raise ValueError("not one e-mail address")
    try:
        address = Address(addr_spec=to)
    except (IndexError, HeaderParseError) as error:
        raise ValueError("not one e-mail address") from error
    if not (address.username and address.domain):
        raise ValueError("not one e-mail address")
    return address


def _connect(post: Post) -> smtplib.SMTP:
    if post.security == "ssl":
        return smtplib.SMTP_SSL(post.server, post.port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(post.server, post.port, timeout=SECONDS)
    if post.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
