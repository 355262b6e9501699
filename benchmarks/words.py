"""What the sites built for measuring say: fifty lines that repeat, so that every page weighs the same."""

from dataclasses import dataclass
from random import Random

from customer_thread.domain.model import Author, Channel

#: lines after which a thread's mixture begins anew; as many as a page has
PERIOD = 50
#: occurs once in each thread of the built sites
RARE_WORD = "quoinstone"

_PHRASES = (
	"deck railing, board, invoice, the estimate, tomorrow, in the morning, crew, the gate, lumber, permit, "
	"inspector, paint, stain, schedule, thanks, Sarah, delivery, a window, measure, bracket, footing, concrete, "
	"gutter, trim, screws, cedar, composite, hinge, ladder, driveway, neighbor, weekend, rain, forecast, deposit, "
	"balance, receipt, picture, a question, sounds good, please, call back, when ready, we will, before, after"
)
_VOICES: tuple[tuple[Author, Channel], ...] = (
	("Customer", "SMS"),
	("Contractor", "SMS"),
	("Customer", "Portal"),
	("Contractor", "Portal"),
	("Automated", "Email"),
	("Customer", "SMS"),
	("Contractor", "Email"),
)


@dataclass(frozen=True)
class Line:
	"""One of the fifty lines."""

	kind: str
	author: Author
	channel: Channel | None
	text: str
	amount: str | None = None
	seconds: int = 0
	files: int = 0


def _lines() -> tuple[Line, ...]:
	phrases = _PHRASES.split(", ")
	random = Random(20)  # noqa: S311 - the same words in every run
	made = []
	for index in range(PERIOD):
		if index % 5 == 4:
			amount = (
				f"{random.randrange(100, 9000)}.{random.choice(('00', '50'))}" if index % 10 == 4 else None
			)
			made.append(Line("Event", "Contractor", None, f"Invoice #{2000 + index} sent", amount))
		elif index in (7, 21, 33, 47):
			made.append(Line("Call", "Customer", "Phone", "", seconds=random.randrange(0, 1500)))
		else:
			author, channel = _VOICES[index % len(_VOICES)]
			text = " ".join(random.choice(phrases) for _word in range(random.randrange(3, 24)))
			made.append(Line("Message", author, channel, text, files=int(index in (11, 36))))
	return tuple(made)


#: 36 messages, 10 cards of which half name an amount, 4 calls, 2 files
LINES = _lines()
