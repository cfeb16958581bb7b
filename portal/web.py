"""The web process: waitress around the app; SIGTERM answers the running request, then ends."""

import contextlib
import errno
import ipaddress
import logging
import resource
import signal
import socket
import sys
from typing import NoReturn

import waitress

from portal.config import BadSetting, Settings
from portal.site import create_app

CANNOT_START = 78  # the supervisor does not start us again after this
OPEN_FILES = 4096
# Above 2,000, so that as many slow clients still leave room for the people who are not slow.
CONNECTIONS = 3000
CHANNEL_SECONDS = 20
THREADS = 8


def is_loopback(host: str) -> bool:
    """Tell whether every address behind the host name is on this machine only."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ipaddress.ip_address(address[0].partition("%")[0]).is_loopback for *_, address in found)


def refuse(message: str) -> NoReturn:
    """End with one clear line and the exit code that is not tried again."""
    print(message, file=sys.stderr, flush=True)
    raise SystemExit(CANNOT_START)


def raise_file_limit() -> int:
    """Raise the soft limit of open files as far as allowed; each connection takes one. Returns the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return OPEN_FILES if soft == resource.RLIM_INFINITY else soft


def listen(host: str, port: int) -> socket.socket:
    """Bind the address before the app is built: a taken port is told at once, early callers wait in line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            refuse(f"Port {port} on {host} is in use. Choose another, for example: PORT={port + 1} make run")
        refuse(f"Cannot listen on {host} port {port}: {error.strerror or error}")


def stop(number, frame):
    """SIGTERM: leave the loop; waitress lets its threads finish the requests they have begun."""
    raise SystemExit(0)


def build_server(app, sock: socket.socket, *, file_limit: int):
    """Return the server. Only a caller on this machine, such as nginx, may speak for another address."""
    host = sock.getsockname()[0]
    proxy = {}
    if is_loopback(host):
        proxy = {
            "trusted_proxy": host,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        }
    return waitress.create_server(
        app,
        sockets=[sock],
        threads=THREADS,
        connection_limit=min(CONNECTIONS, file_limit - 200),
        channel_timeout=CHANNEL_SECONDS,
        cleanup_interval=5,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=True,
        ident=None,
        **proxy,
    )


def read_settings() -> Settings:
    """Return the settings; refuses what cannot be used, and the demo on an address that others reach."""
    try:
        settings = Settings.from_environ()
    except BadSetting as error:
        refuse(str(error))
    if settings.is_demo and not is_loopback(settings.host):
        refuse(f"With the demo the site listens on this machine only, not on {settings.host}. See DEMO=0.")
    return settings


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, stop)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full moment is no news for the operator
    settings = read_settings()
    file_limit = raise_file_limit()
    with contextlib.closing(listen(settings.host, settings.port)) as sock:
        server = build_server(create_app(settings), sock, file_limit=file_limit)
        server.run()


if __name__ == "__main__":
    main()
