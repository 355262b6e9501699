"""Whose word it is that a mail comes from where it says: Authentication-Results (RFC 8601)."""

import re

from customer_thread.gateways.mail import headers
from customer_thread.gateways.mail.structure import Part

COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"\s*dmarc\s*=\s*([a-z]+)", re.IGNORECASE)
FROM = re.compile(r"\bheader\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
#: deeper comments are nobody's
MAX_COMMENT_DEPTH = 5


def passed_by(message: Part) -> tuple[str, ...]:
	"""Return the authserv-ids that say dmarc=pass for the From domain, topmost first.

	Of several headers with one id the topmost that speaks of DMARC counts: whoever forges one can only
	put it below. A mail with two authors, or two From headers, has no domain to pass for.
	"""
	authors = headers.addresses(message, "From")
	if len(headers.values(message, "From")) != 1 or len(authors) != 1:
		return ()
	domain = authors[0][1].rpartition("@")[2]
	verdicts: dict[str, bool] = {}
	for raw in headers.values(message, "Authentication-Results"):
		server, results = _parsed(raw)
		spoken = [item for item in results if RESULT.match(item)]
		if server and spoken:
			verdicts.setdefault(server, all(_is_pass(item, domain) for item in spoken))
	return tuple(server for server, good in verdicts.items() if good)


def _parsed(raw: str) -> tuple[str, list[str]]:
	for _ in range(MAX_COMMENT_DEPTH):
		raw = COMMENT.sub(" ", raw)
	first, *results = raw.split(";")
	server = first.split()
	# Microsoft names no server: nobody can be held to such a result
	return (server[0].strip('"').lower() if server and "=" not in first else ""), results


def _is_pass(item: str, domain: str) -> bool:
	result = RESULT.match(item)
	author = FROM.search(item)
	said = author[1].lower().rpartition("@")[2].rstrip(".") if author else ""
	return result is not None and result[1].lower() == "pass" and said == domain
