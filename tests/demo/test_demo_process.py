"""How the demo starts, what it prints, and how it ends."""

import re
import signal
import socket
from pathlib import Path

import pytest
import requests
from support.cli import command
from support.people import use_link
from support.running_demo import Demo


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_addresses_and_leaves_nothing_behind(tmp_path: Path, with_signal: int) -> None:
	demo = Demo(tmp_path, "--port", "0")
	try:
		assert re.fullmatch(r"http://127\.0\.0\.1:\d+", demo.url)
		assert re.fullmatch(r"http://127\.0\.0\.1:\d+/messages/in\?t=[\w-]+", demo.link)
		assert use_link(requests.Session(), demo.link).url == f"{demo.portal_url}/messages"
		# the frame of the demo page is signed in by itself
		framed = requests.get(f"{demo.url}/portal", timeout=20)
		assert framed.url == f"{demo.portal_url}/messages"
		assert list(tmp_path.iterdir())

		status = demo.stop(with_signal)

		assert demo.process.stdout
		said = demo.process.stdout.read()
		assert status == 0
		assert "Thu May 15, 2025, 10:22am" in said
		assert "Simulated" in said
		assert not list(tmp_path.iterdir())
		assert "Traceback" not in demo.log()
	finally:
		demo.close()


def test_its_page_takes_the_next_port_if_that_is_free(tmp_path: Path) -> None:
	first = free_pair()
	demo = Demo(tmp_path, "--port", str(first))
	try:
		assert demo.portal_url == f"http://127.0.0.1:{first}"
		assert demo.url == f"http://127.0.0.1:{first + 1}"
		second = command("demo", "--port", str(first))
		assert second.status == 1
		assert second.out == ""
		assert f"Port {first} cannot be used" in second.err
		assert "Traceback" not in second.err
		assert demo.stop() == 0
	finally:
		demo.close()


def test_it_refuses_what_is_no_port() -> None:
	assert command("demo", "--port", "70000").status == 2


def free_pair() -> int:
	while True:
		with socket.socket() as one, socket.socket() as other:
			one.bind(("127.0.0.1", 0))
			port = int(one.getsockname()[1])
			try:
				other.bind(("127.0.0.1", port + 1))
			except (OSError, OverflowError):
				continue
			return port
