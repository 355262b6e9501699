"""HTML mails as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.limits import HTML_TAGS, MAIL_TEXT_LINES
from customer_thread.domain.mail_words.split import split
from customer_thread.gateways.mail.html_text import to_text
from customer_thread.gateways.mail.html_tokens import tokens


class _Counted(str):
	"""Counts the characters that are looked through."""

	looked_at: int

	def __new__(cls, text: str) -> "_Counted":
		made = super().__new__(cls, text)
		made.looked_at = 0
		return made

	def find(self, sought: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
		stop = len(self) if end is None else end
		found = super().find(sought, start, stop)
		self.looked_at += (stop if found < 0 else found) - start + 1
		return found


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
		"quote",
		[
			"<p>13.05.2026, 08:02, Mike &lt;m@x.example&gt;:</p><blockquote>old<br>older</blockquote>",
			"<br>Tue, 13 May 2026 08:02 от Mike &lt;m@x.example&gt;:<br><blockquote style='border-left:1px'>old</blockquote>",
			"<hr><div><b>From: m@x.example</b> <b>Date: Tue, 13 May 2026</b></div><div>old</div>",
		],
	)
	def test_a_bare_blockquote_or_header_is_history_below_its_attribution(self, quote: str) -> None:
		assert split(to_text(f"<div>Yes, please.</div>{quote}")) == ("Yes, please.", True)

	def test_answers_between_the_quotes_of_one_container_are_not_quoted(self) -> None:
		html = (
			"<div class=gmail_quote><div class=gmail_attr>On 13 May 2026 Mike wrote:<br></div>"
			"<blockquote class=gmail_quote>Which stain?</blockquote><div>Oak 17</div>"
			"<blockquote class=gmail_quote>And when?</blockquote><div>Thursday</div></div>"
		)
		assert to_text(html) == (
			"> On 13 May 2026 Mike wrote:\n> Which stain?\nOak 17\n> And when?\nThursday"
		)

	@pytest.mark.parametrize("closed", ["<!-- x", "<a title='x", '<a title="x', "<p", "<![CDATA["])
	def test_what_is_never_closed_hides_nothing_above_it(self, closed: str) -> None:
		assert to_text(f"<p>Hello</p>{closed}").startswith("Hello")

	@pytest.mark.parametrize(
		"unit",
		[
			"<!--",
			"<![",
			"<?",
			"<a b='",
			"<div>",
			"<p>",
			"</",
			"<style></style>",
			"<b></div>",
			"<",
			"<a href=x>a",
		],
	)
	def test_the_head_of_a_page_without_end_is_read(self, unit: str) -> None:
		assert to_text(f"<p>Hello</p>{unit * (400_000 // len(unit))}").startswith("Hello")

	@pytest.mark.parametrize(
		"unit", ["<!--", "<![", "<?", "<div>", "</", "<style></style>", "<", "<b a='", "<a "]
	)
	def test_no_page_is_looked_through_twice(self, unit: str) -> None:
		def looks(times: int) -> int:
			html = _Counted(unit * times)
			assert len(list(tokens(html, HTML_TAGS))) <= HTML_TAGS * 2 + 2
			return html.looked_at

		assert looks(12_000) <= looks(6_000) * 2.5

	def test_so_many_tags_are_read(self) -> None:
		assert to_text("<p><b>a</b></p>" * HTML_TAGS).count("a") == HTML_TAGS // 4
		assert HTML_TAGS // 4 < MAIL_TEXT_LINES

	@given(
		st.text()
		| st.lists(
			st.sampled_from(
				[
					"<p>",
					"</p>",
					"<div class=gmail_quote>",
					"</div>",
					"<blockquote>",
					"</blockquote>",
					"<!--",
					"-->",
					"a",
					"<",
				]
			)
		).map("".join)
	)
	def test_nothing_is_ever_raised(self, html: str) -> None:
		assert isinstance(to_text(html), str)
