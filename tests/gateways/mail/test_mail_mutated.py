"""Whatever is repeated, cut or mixed up in a mail: it is read within its budget, and nothing is lost."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customer_thread.domain import limits
from customer_thread.domain.errors import BadInput
from customer_thread.gateways.mail.inbound import parse

NOW = 1_790_000_000_000_000
ORIGINALS = [
	path.read_bytes() for path in sorted((Path(__file__).parents[2] / "data" / "mail").glob("*.eml"))
]
TOKENS = [
	b"x\r\n",
	b"> x\r\n",
	b"x \r\n",
	b"\r",
	b" ",
	b"\0",
	b'"',
	b"(",
	b"<",
	b"a@b.example, ",
	b"=?utf-8?q?a",
	b"; x*1*=a",
	b"<i@x> ",
	b"X-A: b\r\n",
	b"550 5.1.1 ",
	b"--b\r\n\r\n",
	b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
	b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
	b"<b id=1>",
	b"&#",
	b"\xe4\xff",
]
RUNS = st.builds(lambda token, times: token * times, st.sampled_from(TOKENS), st.integers(1, 3000))
HEADS = st.sampled_from(
	[
		b"",
		b"From: eve@evil.example\r\n",
		b"From: eve@evil.example\r\nCc: ",
		b"Subject: ",
		b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n",
		b"Content-Type: text/html\r\n\r\n",
		b"Content-Type: text/plain; format=flowed",
		b"X-Failed-Recipients: a@b.example\r\n\r\n",
		b"Authentication-Results: x; dmarc=pass ",
	]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
	"""Return a program's mail with something gone, doubled or put in between."""
	data = draw(st.sampled_from(ORIGINALS))
	for _change in range(draw(st.integers(1, 4))):
		start, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
		between = draw(st.sampled_from([b"", data[start:end] * 3]) | RUNS)
		data = data[:start] + between + data[end:]
	return data


@given(damaged() | st.builds(lambda head, runs: head + b"".join(runs), HEADS, st.lists(RUNS, max_size=3)))
@settings(
	max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_any_mail_is_read_within_its_budget(data: bytes) -> None:
	try:
		mail = parse(data, "eve@evil.example", ["office@mikes.example"], NOW)
	except BadInput:
		assert not data.strip(b"\0 \t\r\n")
		return
	assert len(mail.attachments) <= limits.MAIL_ATTACHMENTS + 1
	assert sum(len(item.data) for item in mail.attachments) <= 2 * len(data)
	assert len(mail.recipients) <= limits.MAIL_RECIPIENTS
	assert len(mail.references) <= 2 * limits.MAIL_REFERENCES
	assert len(mail.subject) <= limits.MAIL_SUBJECT
