"""What a mail costs: one of a megabyte, taken by SMTP, and the worst of many that were made to be slow."""

import base64
import email
import gc
import multiprocessing
import os
import resource
import smtplib
import sys
import time
from email.policy import default

from benchmarks.measure import Result, Series, in_turn, times_over
from benchmarks.mutated import mutated
from benchmarks.served import served_mail
from benchmarks.site import SMALL, scratch
from customer_thread.gateways.mail.inbound import parse

SEED, COUNT = 20260513, 5000
_CPU_MS, _MEMORY_MB = 250, 64
_NOW = 1_790_000_000_000_000
_TIMES = 20


def measure() -> list[Result]:
	"""Return the rows of mails."""
	return [*_large(), _worst()]


def _mail(size: int, number: int) -> bytes:
	"""Return a mail of a text and two files, of about so many bytes."""
	head = f"From: sarah@example.com\r\nTo: office@mikes.example\r\nMessage-ID: <{number}.{size}@bench>\r\n".encode()
	head += (
		b"Subject: Deck\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
		+ b"How is it going?\r\n" * 100
	)
	data = base64.encodebytes(os.urandom(size * 37 // 100)).replace(b"\n", b"\r\n")
	file = b"--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + data
	return head + file + file + b"--b--\r\n"


def _large() -> list[Result]:
	small, large = ([_mail(size, number) for number in range(_TIMES + 5)] for size in (1_000_000, 10_000_000))
	sample = small[0]
	with served_mail(scratch(SMALL, "mails")) as port, smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
		line.ehlo()
		ours, library, tenfold = in_turn(
			lambda: _hand_in(line, small.pop()),
			lambda: _parts_of(sample),
			lambda: _hand_in(line, large.pop()),
			times=_TIMES,
		)
	over, growth = times_over(ours, library), times_over(tenfold, ours)
	return [
		Result(
			"mail",
			"a mail of 1 MB, from `DATA` to 250; against `message_from_bytes`, all parts decoded",
			ours.ms,
			library.ms,
			f"{over:.2f} ×",
			"≤ 3 ×",
			over <= 3,
		),
		Result(
			"mail-large",
			"a mail of 10 MB; against 1 MB",
			tenfold.ms,
			ours.ms,
			f"{growth:.1f} ×",
			"≤ 11 ×",
			growth <= 11,
		),
	]


def _hand_in(line: smtplib.SMTP, data: bytes) -> None:
	line.mail("sarah@example.com")
	line.rcpt("office@mikes.example")
	code, words = line.data(data)
	if code != 250:
		raise ConnectionError(f"the mail was refused: {code} {words!r}")


def _parts_of(data: bytes) -> list[object]:
	message = email.message_from_bytes(data, policy=default)
	return [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]


def _worst() -> Result:
	# in a process of its own, whose memory nothing else has grown
	with multiprocessing.get_context("spawn").Pool(1) as pool:
		seconds, megabytes, raised = pool.apply(read_mutated, (SEED, COUNT))
	return Result(
		"mutated",
		f"the worst of {COUNT:,} mutated mails",
		f"{seconds[-1] * 1000:.0f} ms of CPU (median {Series.of(seconds).median * 1000:.1f} ms), {megabytes:.0f} MB more",
		f"{raised} raised",
		"–",
		f"≤ {_CPU_MS} ms, ≤ {_MEMORY_MB} MB",
		seconds[-1] * 1000 <= _CPU_MS and megabytes <= _MEMORY_MB and not raised,
	)


def read_mutated(seed: int, count: int) -> tuple[list[float], float, int]:
	"""Return the CPU time of each mail, smallest first, by how many MB the process grew, and how many raised."""
	mails = mutated(seed, count)
	parse(next(mails), None, [], _NOW)
	before = _peak()
	seconds, raised = [], 0
	for number, data in enumerate(mails):
		begun = time.process_time()
		try:
			parse(data, "eve@evil.example", ["office@mikes.example"], _NOW)
		except Exception as error:
			raised += bool(data.strip(b"\0 \t\r\n"))
			print(f"mail {number} raised {error!r}", file=sys.stderr)
		seconds.append(time.process_time() - begun)
		if seconds[-1] * 1000 > _CPU_MS:
			print(f"mail {number} took {seconds[-1] * 1000:.0f} ms", file=sys.stderr)
		gc.collect(0)
	return sorted(seconds), _peak() - before, raised


def _peak() -> float:
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
