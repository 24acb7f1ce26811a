"""The line between a phone and the server, which can be cut: a relay that counts what goes over."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Listens on a port of its own; what arrives goes to the server, and the answer back.

    Cut, it refuses and ends every connection, which no browser takes for anything but a lost
    network, service worker or not. `down` counts bytes towards the phone, `requests` the first
    lines of what was asked.
    """

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname, parts.port)
        self._open: set[socket.socket] = set()
        self.requests: list[str] = []
        self.down = 0
        self._listen(0)
        self.port = self._listening.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Nothing goes over any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """The same address answers again, if it was cut."""
        if self._listening.fileno() < 0:
            self._listen(self.port)

    def _listen(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", port), backlog=64)
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                phone, _ = listening.accept()
                server = socket.create_connection(self._server)
                for ends in ((phone, server, True), (server, phone, False)):
                    threading.Thread(target=self._relay, args=ends, daemon=True).start()

    def _relay(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        self._open.add(source)
        with suppress(OSError):
            while data := source.recv(65536):
                self._count(data, upwards=upwards)
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        source.close()
        self._open.discard(source)

    def _count(self, data: bytes, *, upwards: bool) -> None:
        if not upwards:
            self.down += len(data)
        elif data.startswith((b"GET ", b"POST ")):
            self.requests.append(data.split(b"\r\n", 1)[0].decode())
