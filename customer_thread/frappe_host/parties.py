"""The Parties port: Customer, Lead and Project of ERPNext."""

from collections.abc import Sequence

import frappe
from frappe import _

from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.likely import Sign
from customer_thread.frappe_host import invitees
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.mailboxes import mailbox
from customer_thread.frappe_host.make_party import MAKES, make_party
from customer_thread.frappe_host.signs import signs
from customer_thread.frappe_host.site_language import chosen
from customer_thread.service.ports import PartyInfo, PortalReader

#: asked for on every page: one query for the name, the newest open project, a zone of a portal user's own, and the
#: language: the customer's, else that of the first portal user
_CUSTOMER = """
SELECT c.customer_name AS name,
	(SELECT p.project_name FROM `tabProject` p WHERE p.customer = c.name AND p.status = 'Open'
		ORDER BY p.creation DESC LIMIT 1) AS project,
	(SELECT u.time_zone FROM `tabPortal User` o JOIN `tabUser` u ON u.name = o.user
		WHERE o.parenttype = 'Customer' AND o.parent = c.name AND u.time_zone <> ''
		ORDER BY o.idx LIMIT 1) AS timezone,
	c.language AS language, (SELECT u.language FROM `tabPortal User` o JOIN `tabUser` u ON u.name = o.user
		WHERE o.parenttype = 'Customer' AND o.parent = c.name AND o.parentfield = 'portal_users' AND u.enabled = 1
		ORDER BY o.idx LIMIT 1) AS readers_language
FROM `tabCustomer` c WHERE c.name = %(customer)s
"""
_OF_USER = """
SELECT DISTINCT parent FROM `tabPortal User`
WHERE user = %(user)s AND parenttype = 'Customer' AND parentfield = 'portal_users' ORDER BY parent
"""
_USERS_OF = """
SELECT u.name, u.email, u.language FROM `tabPortal User` p JOIN `tabUser` u ON u.name = p.user AND u.enabled = 1 AND u.user_type = 'Website User'
WHERE p.parent = %(customer)s AND p.parenttype = 'Customer' AND p.parentfield = 'portal_users' ORDER BY p.idx LIMIT %(most)s
"""
_USERS_AT = """
SELECT name, email FROM `tabUser`
WHERE email = %(email)s AND enabled = 1 AND user_type = 'Website User' ORDER BY name LIMIT %(most)s
"""
#: of a customer, at most
READERS = 20


class ErpNextParties:
	"""The site's own customers and leads."""

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None if there is no such customer or lead."""
		if party.party_type != "Customer":
			row = frappe.db.get_value(party.party_type, party.party, ["title", "language"], as_dict=True)
			return PartyInfo(name=row.title, language=chosen(row.language, None)) if row else None
		rows = FrappeDatabase().select(_CUSTOMER, {"customer": party.party})
		if not rows:
			return None
		row = rows[0]
		project = f"{row['project']} · {_('Active')}" if row["project"] else ""
		return PartyInfo(
			name=row["name"],
			project=project,
			timezone=row["timezone"] or "",
			language=chosen(row["language"], row["readers_language"]),
		)

	def readers(self, party: Party) -> list[PortalReader]:
		"""Return the users whom the customer's Portal User rows name and who can sign in, `READERS` at most."""
		if party.party_type != "Customer":
			return []
		rows = FrappeDatabase().select(_USERS_OF, {"customer": party.party, "most": READERS})
		return [PortalReader(row["name"], mailbox(row["email"]), row["language"] or "") for row in rows]

	def parties_of(self, user: str) -> list[Party]:
		"""Return the customers that name a user."""
		return [Party("Customer", customer) for customer in customers_of(user)]

	def users_at(self, email: str) -> list[str]:
		"""Return the enabled Website Users whose own address this is."""
		rows = FrappeDatabase().select(_USERS_AT, {"email": email, "most": READERS})
		# MariaDB takes josé@… for jose@…, who is somebody else
		return [row["name"] for row in rows if mailbox(row["email"]) == email]

	def invitee(self, party: Party, emails: Sequence[str]) -> PortalReader | None:
		"""Return who is signed in by an invitation. Raise Conflict."""
		return invitees.invitee(party.party, emails)

	def signs(self, names: Sequence[str], address: Address, now_us: int) -> Sequence[Sign]:
		"""Return whom the site's documents speak for, of those whom the user may see."""
		return signs(names, address, now_us)

	def makes(self) -> Sequence[str]:
		"""Return those of them that the user may make."""
		return [what for what in MAKES if frappe.has_permission(what, "create")]

	def make(self, what: str, name: str, address: Address, customer: str) -> Party:
		"""Insert a Lead, or a Contact of a Customer, as the user who asks."""
		return make_party(what, name, address, customer)

	def let_in(
		self, party: Party, name: str, reader: PortalReader | None, emails: Sequence[str]
	) -> PortalReader:
		"""Let a user read, who is made if need be, and return them. Raise Conflict."""
		return invitees.let_in(party.party, name, reader, emails)


def first_user_of(party: Party) -> str:
	"""Return the first of the users who read a customer's thread; empty if nobody does."""
	found = ErpNextParties().readers(party)
	return found[0].user if found else ""


def customers_of(user: str) -> list[str]:
	"""Return the customers that name a user in ERPNext's Portal User rows."""
	return [row["parent"] for row in FrappeDatabase().select(_OF_USER, {"user": user})]
