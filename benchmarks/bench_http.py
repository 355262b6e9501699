"""What a copied site answers over HTTP: the timeline and the pages, beside Frappe's own."""

import gzip
import re
from pathlib import Path
from urllib.parse import quote, urljoin

import requests

from benchmarks.bench_rows import Measured
from benchmarks.load import get, rate
from benchmarks.measure import Result, Series, times_over

API = "/api/method"
CONNECTIONS = 4
_ROUNDS = 20
_ROUND_SECONDS = 0.8
#: what nginx does on a bench
_GZIP_LEVEL = 5
_REFERS = re.compile(
	r"<(?:script|img|link)\b[^>]*?\b(?:src|href)=[\"']([^\"']+\.(?:js|css|png|svg|ico|woff2?)[^\"']*)"
)
_IMPORTS = re.compile(r"(?:from|import)\s*[\"'](\.[^\"']+\.js)[\"']")


def measure(url: str, who: Measured, sites: Path) -> list[Result]:
	"""Return the rows of the timeline and of the page."""
	port = int(url.rpartition(":")[2])
	customer, staff = f"Cookie: sid={who.portal_sid}", f"Cookie: sid={who.staff_sid}"
	asked = f"doctype=Customer&name={quote(who.customer)}&start=0&limit=50"
	paths = {
		"timeline": get(f"{API}/customer_thread.api.portal.timeline", port, customer),
		"theirs": get(f"{API}/frappe.desk.form.load.get_communications?{asked}", port, staff),
		"ping": get(f"{API}/ping", port, customer),
		"messages": get("/messages", port, customer),
		"invoices": get("/invoices", port, customer),
	}
	taken: dict[str, list[float]] = {name: [] for name in paths}
	for number in range(_ROUNDS + 1):
		for name, request in paths.items():
			answers = rate(port, request, connections=CONNECTIONS, seconds=_ROUND_SECONDS)
			if number:
				taken[name].append(answers)
	rates = {name: Series.of(values) for name, values in taken.items()}
	return [
		_rates(
			"`timeline`, 50 of 10,000 entries",
			"`get_communications`, same rows",
			rates,
			"timeline",
			"theirs",
			6,
		),
		_rates("the same", "`ping`, by the same session", rates, "timeline", "ping", 0.85),
		_rates("`/messages`", "`/invoices`", rates, "messages", "invoices", 8),
		_bytes(url, who, sites),
	]


def _rates(what: str, against: str, rates: dict[str, Series], ours: str, others: str, goal: float) -> Result:
	ratio = times_over(rates[ours], rates[others])
	return Result(
		f"site-{ours}-{others}",
		f"{what}; against {against}",
		rates[ours].written("/s", 0),
		rates[others].written("/s", 0),
		f"{ratio:.2f} ×",
		f"≥ {goal} × its rate",
		ratio >= goal,
	)


def _bytes(url: str, who: Measured, sites: Path) -> Result:
	(ours, ours_packed), (theirs, theirs_packed) = (
		_weight(f"{url}{path}", who.portal_sid, sites) for path in ("/messages", "/invoices")
	)
	ratio = ours_packed / theirs_packed
	return Result(
		"site-bytes",
		"`/messages`, first load: HTML with its scripts, styles and pictures, compressed; against `/invoices`",
		f"{ours_packed / 1000:.1f} kB ({ours / 1000:.0f} kB of HTML)",
		f"{theirs_packed / 1000:.1f} kB ({theirs / 1000:.0f} kB of HTML)",
		f"{ratio:.3f} ×",
		"≤ 1/10 of its bytes",
		ratio <= 0.1,
	)


def _weight(page: str, sid: str, sites: Path) -> tuple[int, int]:
	"""Return the bytes of a page's HTML, and of it with all it refers to as nginx would send them."""
	with requests.Session() as http:
		http.cookies.set("sid", sid)
		html = http.get(page, timeout=60)
		html.raise_for_status()
		waiting = [urljoin(page, path) for path in _REFERS.findall(html.text)]
		seen: dict[str, bytes] = {}
		while waiting:
			address = waiting.pop()
			if address in seen or not address.startswith(page.rpartition("/")[0]):
				continue
			seen[address] = _file(http, address, sites)
			if address.partition("?")[0].endswith(".js"):
				found = _IMPORTS.findall(seen[address].decode("utf-8", "replace"))
				waiting += [urljoin(address, path) for path in found]
	return len(html.content), sum(_packed(data) for data in [html.content, *seen.values()])


def _file(http: requests.Session, address: str, sites: Path) -> bytes:
	path = address.partition("//")[2].partition("/")[2].partition("?")[0]
	# nginx serves these itself
	if path.startswith("assets/") and (sites / path).is_file():
		return (sites / path).read_bytes()
	answer = http.get(address, timeout=60)
	answer.raise_for_status()
	return answer.content


def _packed(data: bytes) -> int:
	return min(len(data), len(gzip.compress(data, _GZIP_LEVEL)))
