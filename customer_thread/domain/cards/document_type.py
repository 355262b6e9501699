"""What a card rule must know of the document type it is about."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.values import fault

OWN_MODULE = "Customer Thread"


@dataclass(frozen=True)
class DocumentType:
	"""A document type of the host."""

	name: str
	module: str
	#: fieldnames; those of a child table also as `table.field`
	fields: Collection[str]
	#: whether its documents are drafts until they are submitted
	submittable: bool = False
	is_child_table: bool = False
	is_single: bool = False


def is_switched_off(before: CardRule, after: CardRule) -> bool:
	"""Return whether all that was done to a rule is to switch it off."""
	return not after.enabled and after == replace(before, enabled=False)


def check_document_type(rule: CardRule, kind: DocumentType | None) -> None:
	"""Raise BadInput if the document type of a rule is not there or cannot have cards."""
	if kind is None:
		raise fault(rule, "there is no document type “{0}”. Choose one that is there.", rule.document_type)
	if kind.module == OWN_MODULE:
		raise fault(
			rule, "{0} is a part of the thread itself. Choose a document of your business.", kind.name
		)
	if kind.is_child_table:
		raise fault(
			rule, "{0} is a table within other documents. Choose the document it belongs to.", kind.name
		)
	if kind.is_single:
		raise fault(rule, "{0} is a page of settings. Choose a document of your business.", kind.name)
	if rule.moment in ("Submitted", "Cancelled") and not kind.submittable:
		raise fault(
			rule, "a {0} is never {1}. Choose Created, Becomes or Changes.", kind.name, rule.moment.lower()
		)
