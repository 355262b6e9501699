"""Whose word it is that a mail comes from where it says: Authentication-Results (RFC 8601)."""

import re

from authres import AuthResError, FeatureContext, dmarc

from customer_thread.domain.limits import MAIL_RESULT_BYTES, MAIL_RESULTS
from customer_thread.gateways.mail import headers
from customer_thread.gateways.mail.structure import Part

_FEATURES = FeatureContext(dmarc)
_COMMENT = re.compile(r"\\.|[()]", re.DOTALL)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_PLAIN = re.compile(r"[^\"(;]+")
_NONE = re.compile(r"\s*dmarc\s*=\s*none\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\s*dmarc\s*(?:/\s*\d+\s*)?=", re.IGNORECASE)


def passed_by(part: Part) -> tuple[str, ...]:
	"""Return the authserv-ids that say dmarc=pass for the From domain, topmost first.

	All headers of one id that speak of DMARC must say so, among the topmost few: the server that took the mail
	put its own above whatever came with it. A mail with two authors, or two From headers, has no domain to pass
	for.
	"""
	return tuple(server for server, said in _verdicts(part).items() if said and all(said))


def failed_by(part: Part) -> tuple[str, ...]:
	"""Return the authserv-ids that speak of DMARC and do not say pass, topmost first; `none` says nothing."""
	return tuple(server for server, said in _verdicts(part).items() if False in said)


def _verdicts(part: Part) -> dict[str, list[bool | None]]:
	"""Return what each server says of the From domain: pass, none (None), or anything else."""
	authors = headers.addresses(part, "From")
	is_one = len(headers.values(part, "From")) == 1 and len(authors) == 1
	domain = authors[0][1].rpartition("@")[2] if is_one else ""
	verdicts: dict[str, list[bool | None]] = {}
	for raw in headers.values(part, "Authentication-Results")[:MAIL_RESULTS]:
		server, results = _parsed(raw)
		if server:
			said = [None if _NONE.match(result) else _passes(result, domain) for result in results]
			verdicts.setdefault(server, []).extend(said)
	return verdicts


def _parsed(raw: str) -> tuple[str, list[str]]:
	"""Return who speaks, and what it says of DMARC; what cannot be read says something bad."""
	pieces, is_whole = _pieces(raw[:MAIL_RESULT_BYTES])
	first, *results = pieces
	server = first.split()
	if not server or "=" in first:
		# Microsoft names no server: nobody can be held to such a result
		return "", []
	if (
		not is_whole
		or len(raw) > MAIL_RESULT_BYTES
		or [result.strip().lower() for result in results] == ["none"]
	):
		results = ["dmarc=unknown"]
	return server[0].strip('"').lower(), [result for result in results if _SPEAKS.match(result)]


def _pieces(raw: str) -> tuple[list[str], bool]:
	"""Return what stands between semicolons without its comments, and whether all quotes and comments end."""
	pieces: list[list[str]] = [[]]
	at = 0
	while at < len(raw):
		if raw[at] == ";":
			pieces.append([])
			at += 1
		elif raw[at] == "(":
			at = _after_comment(raw, at)
			pieces[-1].append(" ")
		else:
			match = (_QUOTED if raw[at] == '"' else _PLAIN).match(raw, at)
			if match is None:
				return ["".join(piece) for piece in pieces], False
			pieces[-1].append(match[0])
			at = match.end()
	return ["".join(piece) for piece in pieces], at == len(raw)


def _after_comment(raw: str, at: int) -> int:
	"""Return where a comment ends that begins there (RFC 5322, 3.2.2); beyond the text if it never does."""
	depth = 0
	for match in _COMMENT.finditer(raw, at):
		depth += {"(": 1, ")": -1}.get(match[0], 0)
		if depth == 0:
			return match.end()
	return len(raw) + 1


def _passes(result: str, domain: str) -> bool:
	try:
		[found] = _FEATURES.parse_value(f"x; {result}").results
	except (AuthResError, ValueError, RecursionError, AttributeError, TypeError):
		return False
	said = [
		item.value.lower().rpartition("@")[2].rstrip(".")
		for item in found.properties
		if (item.type.lower(), item.name.lower()) == ("header", "from")
	]
	return found.result.lower() == "pass" and bool(domain) and said == [domain]
