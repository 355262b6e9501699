"""In which language customers are told what happens to documents."""

from collections.abc import Callable

from customer_thread.domain.model import Party
from customer_thread.domain.speech import Speech
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import speech_to


def speeches(ports: Ports, owner_of: Callable[[Party], Party]) -> Callable[[Party], Speech]:
	"""Return what gives the language of a party, each asked for once; `owner_of`: whose thread a party's is."""
	known: dict[Party, Speech] = {}

	def speech_of(party: Party) -> Speech:
		owner = owner_of(party)
		if owner not in known:
			known[owner] = speech_to(ports, ports.parties.find(owner))
		return known[owner]

	return speech_of
