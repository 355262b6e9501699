"""Parts what somebody has just written from the history with it. The whole is always kept elsewhere."""

from customer_thread.domain.limits import MAIL_ATTRIBUTIONS, MAIL_LINES
from customer_thread.domain.mail_words import attribution, header_block
from customer_thread.domain.mail_words.footers import without_banner, without_footer
from customer_thread.domain.mail_words.known import NOTHING, Known, is_answer_line
from customer_thread.domain.mail_words.lines import is_quoted, is_rule, looked_at, tidy

#: a quoted line that a program broke is nearly full; what is below it without a mark is its rest
NEARLY_FULL = 60


def split(whole: str, known: Known = NOTHING) -> tuple[str, bool]:
	"""Return the new words, and whether that leaves anything out.

	The whole text where new words stand between quoted ones (they would make no sense alone), and where
	nothing is new.
	"""
	whole = tidy(whole)
	new = _new(whole.split("\n"), known)
	if new is None:
		return whole, False
	text = "\n".join(new).strip()
	if not text or text == whole:
		return whole, False
	return text, True


def _new(lines: list[str], known: Known) -> list[str] | None:
	"""Return the new lines, all if answers stand between those of the history; None if nothing is left out."""
	lines = without_banner(lines)
	head = looked_at(lines[:MAIL_LINES])
	_mark_bars(head)
	answered = _mark_sent(lines, head, known)
	begin, history = _history_at(head, known)
	if history == len(head):
		return without_footer(lines)
	if answered:
		return _all(lines, head)
	above = without_footer(lines[:begin])
	if not is_quoted(head[history]):
		# history that carries no ">" ends with the mail: nothing below can be told to be new
		return above
	below = _below(lines, head, history, known)
	if below is None or (below and not _is_announced(head, begin, history, known)):
		# whoever quotes by hand means the quote to be read
		return _all(lines, head)
	return [*above, "", *below] if above and below else above or below


def _all(lines: list[str], head: list[str]) -> list[str] | None:
	"""Return the lines with the quoted ones between them, without what a machine wrote below the last of those."""
	last = next(index for index in range(len(head) - 1, -1, -1) if is_quoted(head[index]))
	return [*lines[: last + 1], *without_footer(lines[last + 1 :])] if any(head[last + 1 :]) else None


def _is_announced(head: list[str], begin: int, quote: int, known: Known) -> bool:
	"""Return whether a program announced the quote: a person writes "My wife wrote:", a program says who or when.

	Some say it in the quote itself, behind their bar at the edge.
	"""
	announced = " ".join(head[begin:quote])
	if any(char.isdigit() or char == "@" for char in announced) or "--" in announced:
		return True
	if known.names_us(announced):
		return True
	inner = [line.lstrip("> ") for line in head[quote : quote + attribution.WRAPPED]]
	return any(attribution.lines_above(inner, end, marked=True) == end for end in range(1, len(inner) + 1))


def _history_at(head: list[str], known: Known) -> tuple[int, int]:
	"""Return where the words that announce the history begin, and its first line after them; both the end if none."""
	left = MAIL_ATTRIBUTIONS
	for index, line in enumerate(head):
		if not line:
			continue
		if is_quoted(line) or is_answer_line(line):
			return _announced_at(head, index, known), index
		if header_block.is_label(line) or header_block.begins_at(head, index):
			return index, _next_line(head, index + 1, index)
		if attribution.runs_on(line):
			return index, index
		if left and attribution.could_end(line):
			left -= 1
			following = _next_line(head, index + 1, index)
			marked = following != index and is_quoted(head[following])
			count = attribution.lines_above(head, index + 1, marked=marked, known=known)
			if count and (marked or following != index):
				return index + 1 - count, following
	return len(head), len(head)


def _next_line(head: list[str], start: int, otherwise: int) -> int:
	for index in range(start, min(start + 6, len(head))):
		if head[index] and not is_rule(head[index]):
			return index
	return otherwise


def _announced_at(head: list[str], quote: int, known: Known) -> int:
	above = quote
	while above > 0 and not head[above - 1]:
		above -= 1
	return above - attribution.lines_above(head, above, marked=True, known=known)


def _below(lines: list[str], head: list[str], quote: int, known: Known) -> list[str] | None:
	"""Return the new lines below the quoted ones; None if there are some between them."""
	last = next((index for index in range(len(head) - 1, -1, -1) if is_quoted(head[index])), quote)
	index = quote
	while index <= last:
		if not head[index] or is_quoted(head[index]) or _is_broken_off(head, index):
			index += 1
			continue
		stop = next((at for at in range(index, last + 1) if is_quoted(head[at])), last)
		if any(head[at] for at in range(index, _announced_at(head, stop, known))):
			return None
		index = stop
	# below so many lines nothing is looked at
	rest = lines[last + 1 : len(head)]
	rest_head = head[last + 1 :]
	begin, history = _history_at(rest_head, known)
	if rest_head and history < len(rest_head):
		rest = rest[:begin]
	return without_footer(_without_leading(rest), below_quote=True)


def _is_broken_off(head: list[str], index: int) -> bool:
	"""Return whether the line is the rest of the quoted one above it, which lost its mark when it was wrapped."""
	return (
		index > 0
		and is_quoted(head[index - 1])
		and len(head[index - 1]) >= NEARLY_FULL
		and index + 1 < len(head)
		and is_quoted(head[index + 1])
	)


def _without_leading(lines: list[str]) -> list[str]:
	start = 0
	while start < len(lines) and not lines[start].strip():
		start += 1
	return lines[start:]


def _mark_bars(head: list[str]) -> None:
	"""Look at the lines behind "|" below an attribution as if they had the mark that others have."""
	index = next((at for at, line in enumerate(head) if line.startswith("|")), len(head))
	above = index
	while above > 0 and not head[above - 1]:
		above -= 1
	if index == len(head) or not attribution.lines_above(head, above, marked=True):
		return
	while index < len(head) and (head[index].startswith("|") or not head[index]):
		if head[index]:
			head[index] = ">" + head[index][1:]
		index += 1


def _mark_sent(lines: list[str], head: list[str], known: Known) -> bool:
	"""Give the lines that we sent the mark that others have: they are history wherever they stand.

	Return whether somebody wrote between the lines of one text, as below "see my answers in red".
	"""
	last: tuple[int, int] | None = None
	above: int | None = None
	written = answered = False
	for index, line in enumerate(head):
		if not line:
			continue
		last = None if is_quoted(line) else known.sent_in(line, last)
		if last:
			answered = answered or (written and last[0] == above)
			above, written = last[0], False
			head[index] = lines[index] = f"> {line}"
		else:
			# a link that a program rewrote is nobody's answer
			written = written or not (is_quoted(line) or "://" in line or is_rule(line))
	return answered
