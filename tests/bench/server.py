# SPDX-License-Identifier: Apache-2.0
"""The agent that both programs talk to, and the server of the page: one event for each piece of four characters, each
written by itself, at a steady pace."""

import http.server
import json
import socket
import threading
import time


class Server:
    """deltas: pieces of text; rate: of them a second; page and script: files of the page. What happened is told by
    begun, written, and done, which the page reports."""

    def __init__(self, deltas, rate, page=None, script=None, messages=()):
        self.begun = threading.Event()
        self.done = threading.Event()
        self.characters = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, kind, body):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                path = self.path.split("?")[0]
                if path == "/":
                    with open(page, "rb") as file:
                        self.answer("text/html; charset=utf-8", file.read())
                elif path == "/page.js":
                    with open(script, "rb") as file:
                        self.answer("text/javascript; charset=utf-8", file.read())
                elif path == "/messages":
                    self.answer("application/json", json.dumps(list(messages)).encode())
                elif path == "/done":
                    outer.characters = int(self.path.split("=")[1])
                    self.answer("text/plain", b"")
                    outer.done.set()
                else:
                    self.answer("application/json", b'{"status": "Healthy"}')

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                outer.begun.set()
                following = time.monotonic()
                for text in deltas:
                    event = {"event": {"contentBlockDelta": {"delta": {"text": text}, "contentBlockIndex": 0}}}
                    data = f"data: {json.dumps(event)}\n\n".encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    following += 1 / rate
                    time.sleep(max(0, following - time.monotonic()))
                self.wfile.write(b"0\r\n\r\n")
                outer.written = True

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    pass

        self.written = False
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()
