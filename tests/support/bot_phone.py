"""The contractor's own phone, as Twilio has it."""

from support.surroundings import Surroundings
from support.waiting import wait_until


class Phone:
	"""The contractor with their phone."""

	def __init__(self, host: Surroundings, number: str) -> None:
		self.host, self.number = host, number

	def texts(self, words: str, sid: str = "") -> None:
		"""Text the business number."""
		self.host.text(self.number, words, sid=sid)

	def hears(self, holding: str) -> str:
		"""Return the bot's answer."""
		return wait_until(lambda: self.host.texts_to(self.number, holding), what=f"an answer with {holding}")[
			0
		].body

	def heard(self) -> list[str]:
		"""Return everything that was texted to them."""
		return [text.body for text in self.host.texts_to(self.number)]
