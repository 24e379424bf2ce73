"""The page is closed to whoever has no business with it, and harmless to whoever has."""

import socket
from collections.abc import Callable

import pytest

from circle_tui.page import server as page_server
from circle_tui.page.broadcast import Broadcast
from circle_tui.page.server import PageServer
from circle_tui.views import live_page

from .asking import Answer, Asker, answer_of, received

Ask = Callable[..., Answer]


def test_whoever_has_the_address_gets_the_page(ask: Ask) -> None:
    answer = ask()
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b'"large":"Maya"' in answer.body


def test_nothing_of_it_comes_from_elsewhere_or_can_be_kept(ask: Ask) -> None:
    answer = ask()
    policy = answer.headers["content-security-policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "connect-src 'self'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not {"server", "set-cookie", "access-control-allow-origin"} & answer.headers.keys()
    page = answer.body.decode()
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert not [word for word in ("src=", "href=", "@import", "url(") if word in page]


def test_each_page_has_a_nonce_of_its_own(ask: Ask) -> None:
    nonces = set()
    for _ in range(2):
        answer = ask()
        nonce = answer.headers["content-security-policy"].partition("'nonce-")[2].partition("'")[0]
        nonces.add(nonce)
        assert answer.body.decode().lower().count(f'nonce="{nonce}"') == 3
    assert len(nonces) == 2


@pytest.mark.parametrize(
    "path", ["/", "", "/favicon.ico", "/wrong/", "/wrong/events", "//", "/../", "/é/", "*"]
)
def test_without_the_token_there_is_nothing(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status in {400, 404}
    assert b"Harbour" not in answer.body


def test_another_place_below_the_token_is_nothing_either(asker: Asker) -> None:
    token = asker.address.token
    for path in (f"/{token}", f"/{token}/x", f"/{token}//", f"/{token}/events/", f"/{token}/?x=1"):
        assert asker.ask(path).status == 404, path


def test_the_token_is_new_each_time(server: PageServer, broadcast: Broadcast) -> None:
    with PageServer("127.0.0.1", 0, broadcast) as other:
        assert other.address.token != server.address.token
    assert len(server.address.token) >= 22


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:PORT", "0.0.0.0:PORT"]
)
def test_no_other_name_leads_here(asker: Asker, host: str) -> None:
    named = host.replace("PORT", str(asker.address.port))
    for path in (None, f"/{asker.address.token}/events"):
        assert asker.ask(path, host=named).status == 421


def test_localhost_is_this_computer_too(asker: Asker) -> None:
    assert asker.ask(host=f"localhost:{asker.address.port}").status == 200
    origin = f"http://localhost:{asker.address.port}"
    assert asker.ask(host=f"localhost:{asker.address.port}", Origin=origin).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "document"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_no_page_of_another_site_can_use_it(asker: Asker, headers: dict[str, str]) -> None:
    port = str(asker.address.port)
    sent = {name: value.replace("PORT", port) for name, value in headers.items()}
    for path in (None, f"/{asker.address.token}/events"):
        answer = asker.ask(path, **sent)
        assert answer.status == 403
        assert b"Harbour" not in answer.body


def test_a_link_in_a_calls_chat_opens_the_page_and_not_its_stream(asker: Asker) -> None:
    clicked = {
        "Sec_Fetch_Site": "cross-site",
        "Sec_Fetch_Mode": "navigate",
        "Sec_Fetch_Dest": "document",
    }
    assert asker.ask(**clicked).status == 200
    assert asker.ask(f"/{asker.address.token}/events", **clicked).status == 403


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "X" * 99]
)
def test_nothing_but_get_is_accepted(ask: Ask, method: str) -> None:
    answer = ask(method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "get"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.body.decode() == f"{live_page.REFUSED}\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / x y z HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    ],
    ids=["empty", "no path", "version", "words", "tls", "path", "1 MB header", "headers", "colon"],
)
def test_what_is_no_request_is_refused_and_quoted_nowhere(
    asker: Asker, raw: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    connection = asker.connect()
    try:
        connection.sendall(raw)
        # Whoever sends more than is read may hear of nothing but the end.
        answer = received(connection)
    except ConnectionError:
        answer = b""
    assert b"Harbour" not in answer
    assert b"aaaa" not in answer
    if answer:
        assert answer_of(answer).status >= 400
    assert asker.ask().status == 200
    assert capfd.readouterr() == ("", "")


def test_a_stream_begins_with_the_present_and_goes_on(asker: Asker, broadcast: Broadcast) -> None:
    stream = asker.follow()
    assert stream.answer.status == 200
    assert stream.answer.headers["content-type"].startswith("text/event-stream")
    assert stream.answer.headers["cache-control"] == "no-store"
    assert b"Maya" in stream.next()
    broadcast.publish(b'{"large":"Tom"}')
    assert stream.next() == b'{"large":"Tom"}'


def test_a_stream_ends_with_the_page(asker: Asker, broadcast: Broadcast) -> None:
    stream = asker.follow()
    stream.next()
    broadcast.close()
    assert stream.next() == b""


def test_there_are_so_many_viewers_and_no_more(
    asker: Asker, broadcast: Broadcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "MOST_VIEWERS", 3)
    streams = [asker.follow() for _ in range(3)]
    assert [each.answer.status for each in streams] == [200] * 3
    answer = asker.ask(f"/{asker.address.token}/events")
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert asker.ask().status == 200
    # A place is free again once somebody has gone and it was noticed.
    streams[0].close()
    while asker.follow().answer.status != 200:
        broadcast.publish(b"{}")


def test_whoever_asks_too_slowly_is_hung_up_on(
    asker: Asker, server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Wait for nobody, however much they dribble in.
    monkeypatch.setattr(page_server, "_TO_ASK", 0.0)
    silent, dribbling = asker.connect(), asker.connect()
    dribbling.sendall(b"GET / HTTP/1.1\r\nX-")
    for each in (silent, dribbling):
        hang_up(server, each)
    monkeypatch.undo()
    assert asker.ask().status == 200


def hang_up(server: PageServer, connection: socket.socket) -> None:
    connection.settimeout(0.05)
    for _ in range(600):
        server.hang_up_on_slow()
        try:
            if connection.recv(1) == b"":
                return
        except TimeoutError:
            continue
        except ConnectionError:
            return
    raise AssertionError("nobody hung up")


def test_a_stream_is_not_taken_for_a_slow_request(
    asker: Asker, server: PageServer, broadcast: Broadcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "_TO_ASK", 0.5)
    stream = asker.follow()
    stream.next()
    now = page_server.time.monotonic()
    monkeypatch.setattr(page_server.time, "monotonic", lambda: now + 3600)
    server.hang_up_on_slow()
    broadcast.publish(b'{"large":"Tom"}')
    assert stream.next() == b'{"large":"Tom"}'


def test_more_connections_than_are_allowed_are_hung_up_on(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_server, "_MOST_CONNECTIONS", 2)
    streams = [asker.follow() for _ in range(2)]
    assert received(asker.connect()) == b""
    assert [each.answer.status for each in streams] == [200] * 2


def test_hundreds_who_say_nothing_harm_nobody(asker: Asker, full: bool) -> None:
    silent = [asker.connect() for _ in range(600 if full else 40)]
    stream = asker.follow()
    assert b"Maya" in stream.next()
    assert asker.ask().status == 200
    assert len(silent) in {600, 40}


def test_many_viewers_all_see_each_state(asker: Asker, broadcast: Broadcast, full: bool) -> None:
    streams = [asker.follow() for _ in range(50 if full else 8)]
    for each in streams:
        each.next()
    for number in range(5):
        state = b'{"number":%d}' % number
        broadcast.publish(state)
        assert {each.next() for each in streams} == {state}
