"""Which document types a card rule may be about."""

from dataclasses import replace

import pytest
from support.card_helpers import RULE

from customer_thread.domain.cards.check import check
from customer_thread.domain.cards.document_type import DocumentType, check_document_type, is_switched_off
from customer_thread.domain.cards.model import Moment
from customer_thread.domain.errors import BadInput

PERMIT = DocumentType("Permit", "Works", {"customer", "state", "parties", "parties.party", "parties.kind"})


def test_it_takes_a_document_of_the_business() -> None:
	check_document_type(RULE, PERMIT)
	check_document_type(replace(RULE, moment="Submitted"), replace(PERMIT, submittable=True))
	check(replace(RULE, party_field="parties.party", party_type_field="kind"), PERMIT.fields)
	check(replace(RULE, party_field="parties.owner"), PERMIT.fields)


@pytest.mark.parametrize(
	("moment", "kind", "sentence"),
	[
		("Created", None, "there is no document type “Permit”."),
		("Created", replace(PERMIT, module="Customer Thread"), "Permit is a part of the thread itself."),
		("Created", replace(PERMIT, is_child_table=True), "Permit is a table within other documents."),
		("Created", replace(PERMIT, is_single=True), "Permit is a page of settings."),
		("Submitted", PERMIT, "a Permit is never submitted. Choose Created, Becomes or Changes."),
		("Cancelled", PERMIT, "a Permit is never cancelled. Choose Created, Becomes or Changes."),
	],
)
def test_it_refuses_what_can_have_no_card(moment: Moment, kind: DocumentType | None, sentence: str) -> None:
	with pytest.raises(BadInput) as caught:
		check_document_type(replace(RULE, moment=moment), kind)
	assert str(caught.value).startswith(f"Rule “Permit filed”: {sentence}")


def test_it_looks_into_child_tables() -> None:
	with pytest.raises(
		BadInput, match=r"the customer field is parties\.customer, which Permit does not have"
	):
		check(replace(RULE, party_field="parties.customer"), PERMIT.fields)


def test_it_knows_when_a_rule_is_only_switched_off() -> None:
	off = replace(RULE, enabled=False)
	assert is_switched_off(RULE, off)
	assert is_switched_off(off, off)
	assert not is_switched_off(off, RULE)
	assert not is_switched_off(RULE, replace(off, title="Another"))
