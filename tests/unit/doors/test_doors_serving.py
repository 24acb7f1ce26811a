"""The port that is listened on."""

import socket

from yimatong.doors.serving import listen


def test_what_is_accepted_sends_each_part_of_an_answer_at_once():
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
