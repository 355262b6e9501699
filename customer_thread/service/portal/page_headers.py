"""The headers that keep an answer to itself, the same on both hosts; and those that say which page asks."""

from customer_thread.domain.errors import NotAllowed


def check_own_page(fetch_site: str) -> None:
	"""Raise NotAllowed for a form that a page of another site has sent, as far as the browser's Sec-Fetch-Site says so."""
	if fetch_site not in ("", "same-origin", "none"):
		raise NotAllowed("This page is out of date. Please reload it and try again.")


def page_headers(
	nonce: str = "", frame_ancestors: str = "'none'", *, is_worker: bool = False
) -> dict[str, str]:
	"""Return the headers of a page whose one inline style has this nonce, of the service worker, or of what is neither."""
	if nonce:
		policy = (
			f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
			"connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'"
		)
	elif is_worker:
		policy = "default-src 'none'; connect-src 'self'"
	else:
		policy = "default-src 'none'; sandbox"
	headers = {
		"Content-Security-Policy": f"{policy}; frame-ancestors {frame_ancestors}",
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-site",
		"Permissions-Policy": "camera=(), geolocation=(), microphone=()",
		"Cache-Control": "no-store",
		"Vary": "Cookie, Accept-Language",
	}
	if frame_ancestors == "'none'":
		headers |= {"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin"}
	return headers
