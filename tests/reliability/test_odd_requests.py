"""What no browser sends, sent to a real server: it is answered, and nothing breaks."""

import socket

import pytest

from tests.live import Server

pytestmark = pytest.mark.server
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
LENGTHS = b"Content-Length: 1\r\nContent-Length: 2\r\n"
RECEIPT = b"/reports/7KQ2-M9XD/receipt.tlog-proof"
ODD = {
    "NUL in a path": b"GET /desk/photos/%00 HTTP/1.1\r\n",
    "NUL in a query": b"GET /reports?q=%00&status=%00 HTTP/1.1\r\n",
    "half a letter": b"GET /areas/%ff%fe?%ff=%fe HTTP/1.1\r\n",
    "half an escape": b"GET /reports/%?q=%zz&area=% HTTP/1.1\r\n",
    "a way out": b"GET /record/tile/../../../keys/web/pepper HTTP/1.1\r\n",
    "a way out, escaped": b"GET /static/%2e%2e%2f%2e%2e%2fkeys HTTP/1.1\r\n",
    "two slashes": b"GET //elsewhere.example/%5c HTTP/1.1\r\n",
    "a whole address": b"GET http://localhost/reports HTTP/1.1\r\n",
    "a long path": b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n",
    "a long number": b"GET " + RECEIPT + b"?seq=1" + b"0" * 5_000 + b" HTTP/1.1\r\n",
    "a thousand names": b"GET /reports?" + b"a=b&" * 1_000 + b" HTTP/1.1\r\n",
    "another method": b"BREW /reports HTTP/1.1\r\n",
    "a trace": b"TRACE / HTTP/1.1\r\n",
    "an odd kind": b"GET /reports?q=%41 HTTP/1.1\r\nContent-Type: text/html; charset=hex\r\n",
    "an odd cookie": b'GET /desk/ HTTP/1.1\r\nCookie: desk="' + b"\\000" * 8 + b'"\r\n',
    "an odd range": b"GET /map/city.pmtiles HTTP/1.1\r\nRange: bytes=9-1,-\r\n",
    "an odd language": b"GET / HTTP/1.1\r\nAccept-Language: \xff;q=,,,\r\n",
    "no length": b"POST /follow HTTP/1.1\r\n" + FORM,
    "a length of words": b"POST /report/new HTTP/1.1\r\n" + FORM + b"Content-Length: ten\r\n",
    "two lengths": b"POST /follow HTTP/1.1\r\n" + FORM + LENGTHS,
    "in pieces": b"POST /report/new HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n",
}


@pytest.mark.parametrize("head", ODD.values(), ids=ODD.keys())
def test_it_is_answered(live: Server, head: bytes) -> None:
    host = b"" if b"http://" in head else b"Host: localhost\r\n"
    body = b"3\r\na=b\r\n0\r\n\r\n" if b"chunked" in head else b""
    with socket.create_connection(("localhost", live.port), timeout=30) as connection:
        connection.sendall(head + host + b"Connection: close\r\n\r\n" + body)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    status = int(answer.split(b" ")[1])
    assert 200 <= status < 500
    assert "Internal Server Error" not in live.output
