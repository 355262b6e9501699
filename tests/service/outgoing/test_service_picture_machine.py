"""The lives of messages with pictures, in every order: what failed for these leaves once more, without them.

DELIVERY_STEPS=50000 in the environment runs about so many steps.
"""

from collections import Counter
from typing import TYPE_CHECKING, cast

from hypothesis.stateful import invariant, rule
from service.outgoing.test_service_delivery_machine import DeliveryMachine
from support.pictures import small

from customer_thread.domain.sign_in import without_tokens
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.outgoing.picture_message import words_beside
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.store.database import Row
from customer_thread.store.deliveries import NO_PICTURES

if TYPE_CHECKING:
	from customer_thread.store.rows import DeliveryRow

PICTURE = small()


class PictureMachine(DeliveryMachine):
	"""Messages of which some have pictures, which the provider takes or not."""

	def __init__(self) -> None:
		super().__init__()
		self.world.set(public_url="https://portal.example")
		#: those whose pictures could not go along
		self.without: set[str] = set()

	@rule()
	def write_with_a_picture(self) -> None:
		"""The contractor sends a photo."""
		if len(self.rows) >= 4:
			return
		self.world.clock.move(1)
		draft = NewEntry(
			kind="Message",
			author="Contractor",
			channel=None,
			text="Look",
			occurred_us=self.world.clock.us,
			source_key=None,
			attachments=(PICTURE,),
		)
		self.world.do(lambda: send_entry(self.ports, self.thread, draft))

	@rule()
	def undelivered_for_its_pictures(self) -> None:
		"""A picture message is accepted, and cannot be delivered; it is said again later."""
		self.write_with_a_picture()
		self.claim(0, 0, patient=True)
		self.hand_over(0, "answered", "", list_fails=False, lands=False)
		self.write_down(0)
		for text in [text for text in self.provider.texts if text.has_pictures and text.fate[-1] == "Failed"]:
			self._say(text, "Failed")

	@invariant()
	def it_moves_forward_only(self) -> None:
		"""A state goes back only where a try has failed, or where the pictures have: then it is a message anew."""
		for row in self.rows:
			if row["pictures"] == NO_PICTURES and row["name"] not in self.without:
				self.without.add(row["name"])
				self.seen[row["name"]] = "Queued"
		super().it_moves_forward_only()

	@invariant()
	def nothing_is_accepted_twice(self) -> None:
		"""Of the same words to the same number, no more were accepted than tries were promised."""
		accepted = Counter((text.to, without_tokens(text.words)) for text in self.provider.texts)
		promised: Counter[tuple[str, str]] = Counter()
		for row in self.rows:
			if row["channel"] == "SMS":
				tries = 1 + len((row["earlier_ids"] or "").split())
				for words in {without_tokens(row["text"]), self._beside(row)}:
					promised[row["address"], words] += tries
		assert accepted <= promised, accepted - promised

	@invariant()
	def no_picture_goes_where_it_could_not(self) -> None:
		"""What failed for its pictures goes without them from there on."""
		for row in self.rows:
			if row["pictures"] == NO_PICTURES and row["provider_id"]:
				[text] = [text for text in self.provider.texts if text.sid == row["provider_id"]]
				assert not text.has_pictures

	def _beside(self, row: Row) -> str:
		"""Return the words of a delivery as they go along with pictures."""
		return words_beside(self.ports, cast("DeliveryRow", {**row, "pictures": "0"}))


PictureMachine.TestCase.settings = DeliveryMachine.TestCase.settings
TestPictures = PictureMachine.TestCase
