"""What a failure of the connection says: whether a request may have got there all the same."""

import ssl

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, SSLError


def never_connected(error: BaseException) -> bool:
	"""Return whether nothing can have left before this error of `requests`."""
	if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
		return True
	reason = error.args[0] if error.args else None
	if isinstance(reason, MaxRetryError):
		reason = reason.reason
	if isinstance(reason, SSLError):
		# TLS can break after the request has left, too; a certificate is looked at before
		return any(isinstance(arg, ssl.SSLCertVerificationError) for arg in reason.args)
	return isinstance(reason, NewConnectionError | ConnectTimeoutError)
