"""The seals of a site: digests with its encryption key, which stands in the site's configuration and in no table."""

import hashlib
import hmac

from frappe.utils.password import get_encryption_key


def seal(text: str) -> str:
	"""Return the digest of a text with the site's own key, 64 hexadecimal digits."""
	return hmac.new(get_encryption_key().encode(), text.encode(), hashlib.sha256).hexdigest()
