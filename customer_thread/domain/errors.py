"""Errors a person can act on. Each knows the HTTP status and the Frappe `exc_type` it is answered with."""

from customer_thread.domain.model import Consent
from customer_thread.domain.phrase import Phrase, Translate


class ThreadError(Exception):
	"""Anything the program refuses, with a sentence for the person who asked.

	`BadInput("limit must be at most {0}.", limit)`: the template is a constant, which `make pot` finds. It is
	translated where the sentence is shown, by `worded`; `str(error)` is English, for logs and tables.
	"""

	status = 500
	exc_type = "ThreadError"

	def __init__(self, template: str, *given: object) -> None:
		super().__init__(template, *given)
		self.phrase = Phrase(template, *given)

	def __str__(self) -> str:
		return str(self.phrase)

	def worded(self, translate: Translate) -> str:
		"""Return the sentence in the language of `translate`."""
		return self.phrase.worded(translate)


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


class Erased(Conflict):
	"""Of before its customer was erased: nothing of it is taken in again."""


class TooLarge(ThreadError):
	"""More bytes or words than are accepted."""

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
	"""A provider did not accept what was handed over.

	`permanent`: trying again cannot help. `ambiguous`: it may have been accepted all the same (a time-out),
	so the provider must be asked before a second try. `code` is the provider's own, for the contractor.
	`consent`: what it says of the number, for all that is sent there later. `gone`: there is no such address any more.
	`of_pictures`: it was for the pictures that went along. `retry_after`: the seconds it asks to be left alone for.
	"""

	status = 502
	exc_type = "GatewayError"

	def __init__(
		self,
		template: str,
		*given: object,
		permanent: bool = False,
		ambiguous: bool = False,
		code: str = "",
		consent: Consent | None = None,
		gone: bool = False,
		of_pictures: bool = False,
		retry_after: int = 0,
	) -> None:
		super().__init__(template, *given)
		self.permanent = permanent
		self.ambiguous = ambiguous
		self.code = code
		self.consent = consent
		self.gone = gone
		self.of_pictures = of_pictures
		self.retry_after = retry_after
