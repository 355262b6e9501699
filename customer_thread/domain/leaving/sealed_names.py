"""By what an address or a customer is sealed."""

from customer_thread.domain.model import Address, Party


def name_of(owner: Party | Address) -> str:
	"""Return the text whose digest is the seal of an address, or of a customer or lead."""
	return owner.key if isinstance(owner, Address) else f"party:{owner.party_type}:{owner.party}"
