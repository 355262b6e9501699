"""A document of the past becomes the cards that its life would have made."""

from collections.abc import Callable, Sequence

from customer_thread.domain.card_rules import CardRule
from customer_thread.domain.model import Party
from customer_thread.domain.replay import Life, acts
from customer_thread.service.make_cards import Made, make_cards
from customer_thread.service.ports import Ports


def replay_document(
	ports: Ports,
	rules: Sequence[CardRule],
	life: Life,
	since_us: int,
	*,
	timezone: str,
	owner_of: Callable[[Party], Party] = lambda party: party,
) -> Made:
	"""Write the cards of what happened to a document since then, each once, and return what came of it.

	Nobody is told. Doing it again writes nothing, and what is told live later finds these cards.
	"""
	watched = {rule.field for rule in rules if rule.field}
	made = Made()
	for act in acts(life, watched):
		if act.at_us < since_us:
			continue
		told = make_cards(
			ports,
			rules,
			act.occasion,
			timezone=timezone,
			owner_of=owner_of,
			past_us=act.at_us,
			from_history=True,
		)
		made.new += told.new
		made.faults += [fault for fault in told.faults if fault not in made.faults]
	return made
