"""Mails made to be slow, and mails of real programs with something gone wrong: the same ones for the same seed."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.site import ROOT

SEEDS = ROOT / "tests" / "data" / "mail"
#: no mutated mail is larger
LARGEST = 2_000_000
_HEAD = b"From: eve@evil.example\r\nTo: office@mikes.example\r\nSubject: Deck\r\n"
_MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n"
#: what is repeated, in a header or in a text
_TOKENS = (
	b"x\r\n",
	b"x \r\n",
	b"> x\r\n",
	b"\r",
	b"\n",
	b" ",
	b"\t",
	b"\0",
	b'"',
	b"(",
	b"((a)",
	b"<",
	b"<a@b",
	b"a@b.example, ",
	b"r+0123456789abcdefghijklmnop@m.example,\r\n ",
	b"=?utf-8?q?a",
	b"=?utf-8?b?!?= ",
	b"; a=b",
	b";",
	b"; x*1*=a",
	b"<i@x> ",
	b"X-A: b\r\n",
	b"Content-Type: text/html; charset=utf-7\r\n",
	b"Sent from my iPhone\r\n",
	b"On Tue, May 13, Mike wrote:\r\n",
	b"From: a <a@b.example>\r\n",
	b"-----Original Message-----\r\n",
	b"Message-ID:\r\n ",
	b"550 5.1.1 ",
	b"could not be delivered to ",
	b"--b\r\n\r\n",
	b"--b\r\nContent-Type: text/html\r\n\r\n<p>x",
	b"--bx\r\n",
	b"<b id=1>",
	b"<div><blockquote>",
	b"<table><tr><td>",
	b"<!--",
	b"<a href='",
	b"&amp",
	b"&#",
	b"<p>x",
	b"+AGE-",
	b"=20",
	b"=\r\n",
	b"\xe4\xff",
	b"dmarc=pass ",
)
_FIELDS = (
	b"To",
	b"Cc",
	b"From",
	b"Subject",
	b"Date",
	b"References",
	b"Message-ID",
	b"Content-Type: text/plain",
	b"Content-Type: multipart/mixed; boundary=b",
	b"Content-Disposition: attachment",
	b"Authentication-Results: mx.example; dmarc=pass",
	b"X-Failed-Recipients",
	b"X",
)
_KINDS = (
	b"",
	b"Content-Type: text/html\r\n",
	b"Content-Type: text/plain; format=flowed; delsp=yes\r\n",
	b"Content-Type: text/plain; charset=utf-7\r\n",
	b"Content-Transfer-Encoding: base64\r\n",
	b"Content-Transfer-Encoding: quoted-printable\r\n",
	b"Content-Transfer-Encoding: x-uuencode\r\n",
	b"Subject: Undelivered\r\nX-Failed-Recipients: a@b.example\r\n",
	_MIXED,
)


def mutated(seed: int, count: int) -> Iterator[bytes]:
	"""Give so many mails, at most 2 MB each."""
	random = Random(seed)  # noqa: S311 - the same mails again
	originals = [path.read_bytes() for path in sorted(Path(SEEDS).glob("*.eml"))]
	makers: tuple[Callable[[], bytes], ...] = (
		lambda: _long_field(random),
		lambda: _long_text(random),
		lambda: _nested(random),
		lambda: _many_parts(random, originals),
		lambda: _damaged(random, originals),
		lambda: _damaged(random, originals),
		lambda: _damaged(random, [_long_text(random), _nested(random)]),
	)
	for _number in range(count):
		yield random.choice(makers)()[:LARGEST]


def _run(random: Random) -> bytes:
	"""Return some tokens, repeated up to half a megabyte; small runs are as likely as large ones."""
	tokens = b"".join(random.choices(_TOKENS, k=random.choice((1, 1, 2, 5))))
	return tokens * (1 + int(10 ** random.uniform(1, 5.7)) // len(tokens))


def _long_field(random: Random) -> bytes:
	field = random.choice(_FIELDS)
	mark = b"; a=" if b":" in field else b": "
	return random.choice((b"", b"X: y\r")) + _HEAD + field + mark + _run(random) + b"\r\n\r\nHello\r\n"


def _long_text(random: Random) -> bytes:
	words = b"".join(_run(random) for _number in range(random.choice((1, 1, 3))))
	kind = random.choice(_KINDS)
	return _HEAD + kind + b"\r\n" + (base64.encodebytes(words) if b"base64" in kind else words)


def _nested(random: Random) -> bytes:
	depth = random.randint(2, 900)
	opened = b"".join(
		b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n" % (level, level + 1)
		for level in range(depth)
	)
	return _HEAD + b"Content-Type: multipart/mixed; boundary=0\r\n\r\n" + opened + _run(random)


def _many_parts(random: Random, originals: list[bytes]) -> bytes:
	part = b"--b\r\n" + random.choice([*_KINDS, b"Content-Type: message/rfc822\r\n"]) + b"\r\n"
	part += random.choice([_run(random)[:2000], *originals]) + b"\r\n"
	return _HEAD + _MIXED + b"\r\n" + part * random.randint(2, 1 + 1_000_000 // len(part))


def _damaged(random: Random, originals: list[bytes]) -> bytes:
	data = random.choice(originals)
	for _number in range(random.randint(1, 6)):
		start, end = sorted(random.randint(0, len(data)) for _end in range(2))
		end = min(end, start + 5000)
		other = random.choice(originals)
		at = random.randint(0, len(other))
		data = random.choice(
			(
				data[:start] + data[end:],
				data[:end] + data[start:end] * random.randint(1, 200) + data[end:],
				data[:start] + _run(random) + data[start:],
				data[:start] + other[at : at + 2000] + data[end:],
				data[:start] + random.randbytes(random.randint(1, 20)) + data[start:],
				data[:start] + data[start:end].swapcase() + data[end:],
			)
		)[:LARGEST]
	return data
