"""What is new in a mail, and what was there before."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.gateways.mail.html_text import to_text
from customer_thread.gateways.mail.quotes import split, tidy

OLD = "> Hi Sarah,\n> the crew comes on Thursday.\n"


@pytest.mark.parametrize(
	"header",
	[
		"On Tue, May 13, 2026 at 8:02 AM Mike <m@x.example> wrote:",
		"On Tue, May 13, 2026 at 8:02 AM Mike's Contracting and Sons\n<office@x.example> wrote:",
		"On 13.05.2026 08:02, Mike wrote:",
		"Am 13.05.26 um 08:02 schrieb Mike:",
		"Am Di., 13. Mai 2026 um 08:02 Uhr schrieb Mike <\noffice@x.example>:",
		"El mar, 13 may 2026 a las 8:02, Mike (<m@x.example>) escribió:",
		"El mar, 13 may 2026 a las 8:02, Mike's Contracting (<\noffice@x.example>) escribió:",
		"Le mar. 13 mai 2026 à 08:02, Mike <m@x.example> a écrit :",
		"Il giorno mar 13 mag 2026 alle ore 08:02 Mike <m@x.example> ha scritto:",
		"Op di 13 mei 2026 om 08:02 schreef Mike <m@x.example>:",
		"W dniu 13.05.2026 o 08:02, Mike pisze:",
		"2026年5月13日(火) 8:02 Mike <m@x.example>:",
		"-----Original Message-----",
	],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_words_above_a_quote_are_new(header: str, gap: str) -> None:
	assert split(f"Yes, please.\n\nSarah\n\n{header}{gap}{OLD}") == ("Yes, please.\n\nSarah", True)


@pytest.mark.parametrize(
	"header",
	[
		"From: Mike <m@x.example>\nSent: Tuesday, May 13, 2026 8:02 AM\nTo: Sarah\nSubject: Deck",
		"Von: Mike <m@x.example>\nGesendet: Dienstag, 13. Mai 2026 08:02\nAn: Sarah\nBetreff: Deck",
		"________________________________\nFrom: Mike <m@x.example>\nSent: Tuesday\nTo: Sarah\nSubject: Deck",
		"-----Original Message-----\nFrom: Mike\nSent: Tuesday\nTo: Sarah",
	],
)
def test_history_without_marks_ends_with_the_mail(header: str) -> None:
	history = f"{header}\n\nHi Sarah\n> even older\nand an old answer"
	assert split(f"Yes, please.\n\n{history}") == ("Yes, please.", True)


def test_a_quote_needs_no_header() -> None:
	assert split(f"Yes, please.\n{OLD}") == ("Yes, please.", True)


@pytest.mark.parametrize(
	"body",
	[
		"> Which stain?\nOak 17\n> And when?\nThursday",
		"On Tue, May 13, 2026 Mike wrote:\n> Which stain?\n\nOak 17",
		"See below.\n\nOn Tue, May 13, 2026 Mike wrote:\n> Which stain?\nOak 17",
		"> Which stain?\nOak 17\n\nSent from my iPhone",
	],
)
def test_answers_below_quoted_lines_keep_the_whole(body: str) -> None:
	assert split(body) == (body, False)


@pytest.mark.parametrize(
	"body",
	[
		OLD.strip(),
		f"On Tue, May 13, 2026 Mike wrote:\n{OLD}".strip(),
		"Sent from my iPhone",
		"-- \nSarah",
		"",
	],
)
def test_where_nothing_is_new_the_whole_is_shown(body: str) -> None:
	assert split(body) == (tidy(body), False)


@pytest.mark.parametrize(
	"device",
	[
		"Sent from my iPhone",
		"Sent from my T-Mobile 5G Device",
		"Sent from Yahoo Mail for iPhone",
		"Sent from Outlook for Android",
		"Get Outlook for iOS",
		"Gesendet von meinem Samsung Galaxy",
		"Von meinem iPhone gesendet",
		"Enviado desde mi iPhone",
		"Envoyé de mon iPhone",
		"Inviato da iPhone",
		"Verzonden vanaf mijn iPhone",
	],
)
def test_what_a_device_says_is_not_said_by_its_owner(device: str) -> None:
	assert split(f"Yes, please.\n\n{device}") == ("Yes, please.", True)
	assert split(f"Yes, please.\n\n{device}\n\n{OLD}") == ("Yes, please.", True)
	assert split(f"Yes, please.\n\n{OLD}\n{device}") == ("Yes, please.", True)


def test_a_signature_below_its_mark_is_left_out() -> None:
	assert split("Yes, please.\n\n-- \nSarah Lee\n12 Oak St") == ("Yes, please.", True)


@pytest.mark.parametrize(
	"body",
	[
		"Yes, please.\n\nBest regards\nSarah",
		"Sent from the county office yesterday: the permit",
		"I sent it.\nSent from the shop on Tuesday",
		"- one\n- two\n- three",
		"a\n--\nb\n--\nc",
		"On Thursday we are away.\nOn Friday we are not.",
		"Can you write down what you need:\nboards\nscrews",
		"From: the gate to the house.",
		"Prices > $100 are fine\nx > y",
		"Total\n-----\n$4,200",
	],
)
def test_a_persons_own_words_stay(body: str) -> None:
	assert split(body) == (body, False)


@given(
	st.lists(
		st.sampled_from(["new", "> old", "", "On x wrote:", "-- ", "From: a", "Sent: b", "-----"]) | st.text()
	)
)
def test_the_new_words_are_always_some_of_the_whole(lines: list[str]) -> None:
	body = "\n".join(lines).replace("\r", "")
	text, left_out = split(body)
	whole = tidy(body)
	assert whole.startswith(text)
	assert left_out is (text != whole)
	assert bool(text) is bool(whole)


@pytest.mark.parametrize(
	"line",
	[
		"On " + "a" * 400,
		"From:",
		"From: x",
		"> " * 200,
		">" * 400 + "On",
		"* " * 200 + "From",
		"Am a",
		"Le " + "a " * 190,
	],
)
def test_no_mail_takes_long_to_read(line: str) -> None:
	began = time.process_time()
	split(f"{line}\n" * 5000)
	assert time.process_time() - began < 5


class TestHtml:
	@pytest.mark.parametrize(
		"quote",
		[
			'<div class="gmail_quote">old</div>',
			'<div class="gmail_quote gmail_quote_container"><blockquote>old</blockquote></div>',
			'<blockquote type="cite">old</blockquote>',
			'<div class="yahoo_quoted" id="yahoo_quoted_1">old</div>',
			'<div class="moz-cite-prefix">On 13.05.26 Mike wrote:</div><blockquote type="cite">old</blockquote>',
			'<div class="protonmail_quote">old</div>',
			'<div id="appendonsend"></div><hr><div>old</div><p>older</p>',
			'<hr><div id="divRplyFwdMsg">From: Mike</div><div>old</div>',
			"<div><b>From:</b> Mike<br><b>Sent:</b> Tuesday<br><b>To:</b> Sarah</div><p>old</p>",
		],
	)
	def test_what_mail_programs_quote_is_cut(self, quote: str) -> None:
		whole = to_text(f"<html><body><p>Yes,<br>please.</p>{quote}</body></html>")
		assert "old" in whole
		assert split(whole) == ("Yes,\nplease.", True)

	def test_an_indented_paragraph_is_no_quote(self) -> None:
		assert to_text("<p>She said:</p><blockquote>oak</blockquote><p>and so do I</p>") == (
			"She said:\n\noak\n\nand so do I"
		)

	@pytest.mark.parametrize(
		("html", "text"),
		[
			("a<br>b", "a\nb"),
			("<div>a</div><div>b</div>", "a\nb"),
			("<p>a</p><p>b</p>", "a\n\nb"),
			("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
			("a\n  b&nbsp;&nbsp;c", "a b c"),
			("<ul><li>a<li>b</ul>", "- a\n- b"),
			("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
			("<pre>a\n  b</pre>", "a\n  b"),
			("<b>a</b>b<i>c</i>", "abc"),
			("a &lt;script&gt; &amp; b", "a <script> & b"),
			("<a href='https://x.example/y'>here</a>", "here (https://x.example/y)"),
			("<a href='https://x.example/'>x.example</a>", "x.example"),
			("<a href='https://www.x.example/y'>https://www.x.example/y</a>", "https://www.x.example/y"),
			("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example"),
			("<a href='javascript:alert(1)'>here</a>", "here"),
			("<a href='https://x.example'><img src=x></a>", ""),
			("<!-- a -->b<script>c</script><style>d</style>", "b"),
			("<span hidden>a</span><span style='DISPLAY : none'>b</span>c", "c"),
			("<img src='https://t.example/1.gif' alt='Logo'><img alt='👍'>", "👍"),
			("", ""),
		],
	)
	def test_it_reads_like_the_page_looks(self, html: str, text: str) -> None:
		assert to_text(html) == text

	@pytest.mark.parametrize(
		"html",
		[
			"<div>" * 60_000,
			"<b></div>" * 40_000,
			"<p " + "a=1 " * 90_000 + ">",
			"<table><tr><td>" * 20_000,
			"<a><div></a>" * 30_000,
		],
	)
	def test_no_page_takes_long_to_read(self, html: str) -> None:
		began = time.process_time()
		assert to_text(f"{html[:290_000]}>Hello").endswith("Hello")
		assert time.process_time() - began < 3

	@given(
		st.text()
		| st.lists(st.sampled_from(["<p>", "</p>", "<div class=gmail_quote>", "</div>", "a", "<"])).map(
			"".join
		)
	)
	def test_nothing_is_ever_raised(self, html: str) -> None:
		assert isinstance(to_text(html), str)
