"""Errors a person can act on. Each knows the HTTP status and the Frappe `exc_type` it is answered with."""


class ThreadError(Exception):
	"""Anything the program refuses; `str(error)` is a sentence for the person who asked."""

	status = 500
	exc_type = "ThreadError"


class BadInput(ThreadError):
	"""The request cannot be understood as it is."""

	status = 400
	exc_type = "ValidationError"


class NotSignedIn(ThreadError):
	"""Nobody is signed in, or the session has ended."""

	status = 401
	exc_type = "AuthenticationError"


class NotAllowed(ThreadError):
	"""Known, but may not; or forged."""

	status = 403
	exc_type = "PermissionError"


class NotFound(ThreadError):
	"""Not there, or not yours: one answer for both, so that it tells nothing."""

	status = 404
	exc_type = "DoesNotExistError"


class NoConversation(NotFound):
	"""Signed in, but nobody's customer."""


class Conflict(ThreadError):
	"""The thing has moved on since it was read."""

	status = 409
	exc_type = "DuplicateEntryError"


class TooLarge(ThreadError):
	"""More bytes or words than are taken."""

	status = 413
	exc_type = "ValidationError"


class TooMany(ThreadError):
	"""Asked too often."""

	status = 429
	exc_type = "RateLimitExceededError"


class Unavailable(ThreadError):
	"""Busy for the moment; trying again helps."""

	status = 503
	exc_type = "ServiceUnavailableError"


class GatewayError(ThreadError):
	"""A provider did not take what was handed over.

	`permanent`: trying again cannot help. `ambiguous`: it may have been taken all the same (a time-out),
	so the provider must be asked before a second try. `code` is the provider's own, for the contractor.
	"""

	status = 502
	exc_type = "GatewayError"

	def __init__(
		self, message: str, *, permanent: bool = False, ambiguous: bool = False, code: str = ""
	) -> None:
		super().__init__(message)
		self.permanent = permanent
		self.ambiguous = ambiguous
		self.code = code
