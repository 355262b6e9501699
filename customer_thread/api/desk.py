"""Staff: Thread Agent, Thread Manager or System Manager, by session or API key."""

from collections.abc import Mapping

import frappe

from customer_thread.api import Answer, endpoint, require_manager, require_staff, with_file
from customer_thread.domain.model import Attachment
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.automations.preview_automation import AutomationPreview
from customer_thread.service.calls import CallOf
from customer_thread.service.desk import (
	automation_calls,
	desk_calls,
	failure_calls,
	file_calls,
	inbox_calls,
	leaving_calls,
	number_calls,
	tray_calls,
)
from customer_thread.service.desk.contacts_view import AddressView
from customer_thread.service.desk.invite import InvitedView
from customer_thread.service.desk.likely import LikelyPage
from customer_thread.service.desk.office_link import OfficeLinkView
from customer_thread.service.desk.read_automations import AutomationView
from customer_thread.service.desk.read_colleagues import ColleaguesView
from customer_thread.service.desk.read_facts import FactsView
from customer_thread.service.desk.read_failures import CausesView, FailuresView
from customer_thread.service.desk.read_inbox import InboxLine, InboxView, TabsView
from customer_thread.service.desk.read_one_taps import OneTap
from customer_thread.service.desk.read_refused import RefusedView
from customer_thread.service.desk.read_scheduled import ScheduledPage, ScheduledView
from customer_thread.service.desk.read_templates import TemplateView
from customer_thread.service.desk.read_thread import DeliveryView, NoteView, ThreadView
from customer_thread.service.desk.read_way import WayView
from customer_thread.service.desk.sign_in_links import SignInLinkView
from customer_thread.service.reading.present import EntryView


def _answer(call: CallOf[Answer], given: Mapping[str, object]) -> Answer:
	"""Return what a call gives a member of staff. Raise NotSignedIn or NotAllowed for anybody else."""
	user = require_staff()
	return call.answer(site_ports(), call.params(given, user))


@frappe.whitelist(methods=["GET"])
@endpoint
def threads(**given: object) -> InboxView:
	"""Return the threads, the latest first."""
	return _answer(desk_calls.list_threads, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def inbox(**given: object) -> TabsView:
	"""Return a page of a tab of the inbox, and how many threads are in each."""
	return _answer(inbox_calls.read_tab, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def done(**given: object) -> InboxLine:
	"""Call a thread done up to an entry, or take that back."""
	return _answer(inbox_calls.call_done, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def snooze(**given: object) -> InboxLine:
	"""Snooze a thread, or let it be looked at again."""
	return _answer(inbox_calls.put_off, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def assign_to(**given: object) -> InboxLine:
	"""Let it be a user's turn in a thread, or with none everybody's."""
	return _answer(inbox_calls.assign_to, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def team(**given: object) -> list[inbox_calls.MemberView]:
	"""Return who of the team may see a thread."""
	return _answer(inbox_calls.list_team, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def presence(**given: object) -> ColleaguesView:
	"""Note whether whoever asks is in a thread and writes, and return who else is, and has answered."""
	return _answer(inbox_calls.note_colleague, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def templates(**given: object) -> list[TemplateView]:
	"""Return the saved replies with the words that they have for this thread's customer."""
	return _answer(inbox_calls.list_templates, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def refused(**given: object) -> RefusedView:
	"""Return the messages that were not received lately, and why."""
	return _answer(desk_calls.refused, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def thread(**given: object) -> ThreadView:
	"""Return one thread with its notes and deliveries."""
	return _answer(desk_calls.show_thread, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def facts(**given: object) -> FactsView:
	"""Return how a thread's customer is reached."""
	return _answer(inbox_calls.show_facts, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def open(**given: object) -> InboxLine:
	"""Return a customer's or lead's thread, opened if need be."""
	return _answer(desk_calls.open_one, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def way(**given: object) -> WayView:
	"""Return which way a message to a customer would take, in words."""
	return _answer(desk_calls.show_way, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def send(**given: object) -> desk_calls.SentView:
	"""Write to a customer; return the entry and its deliveries, with the reason of each."""
	return _answer(desk_calls.send, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def upload(**given: object) -> file_calls.UploadView:
	"""Keep a picture or file for a thread until it is sent."""
	return _answer(file_calls.upload, with_file(given, "file"))


@frappe.whitelist(methods=["GET"])
@endpoint
def attachment(**given: object) -> Attachment:
	"""Return a picture or file of a thread, or one that was not sent yet."""
	return _answer(file_calls.attachment, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def note(**given: object) -> NoteView | None:
	"""Keep an internal note."""
	return _answer(desk_calls.note, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def record_event(**given: object) -> EntryView:
	"""Write a card and return its entry."""
	return _answer(desk_calls.write_card, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def record_appointment(**given: object) -> EntryView | None:
	"""Refuse it: what is planned here is a document."""
	return _answer(desk_calls.write_appointment, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def record_call(**given: object) -> EntryView | None:
	"""Write a call entry; null for a missed call that the settings leave out."""
	return _answer(desk_calls.write_call, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def read(**given: object) -> dict[str, int]:
	"""Note up to which entry of a thread staff have read."""
	return _answer(desk_calls.read, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def assign(**given: object) -> InboxLine:
	"""Give an unmatched thread to a customer or lead."""
	return _answer(tray_calls.assign, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def block(**given: object) -> InboxLine:
	"""Tell nobody any more of what comes from an unmatched thread's number or address."""
	return _answer(tray_calls.block, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def unblock(**given: object) -> InboxLine:
	"""Take that back."""
	return _answer(tray_calls.unblock, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def make(**given: object) -> InboxLine:
	"""Write a document of whoever waits in an unmatched thread, and give it to them."""
	return _answer(tray_calls.make, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def failures(**given: object) -> CausesView:
	"""Return why messages failed that nobody has dealt with."""
	return _answer(failure_calls.list_causes, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def failed(**given: object) -> FailuresView:
	"""Return what failed for one cause."""
	return _answer(failure_calls.list_failed, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def retry(**given: object) -> DeliveryView:
	"""Try a failed delivery again."""
	return _answer(failure_calls.retry, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def send_otherwise(**given: object) -> DeliveryView:
	"""Send what failed by the other channel, once."""
	return _answer(failure_calls.go_otherwise, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def dismiss(**given: object) -> dict[str, bool]:
	"""Let a failed delivery wait for nobody any more."""
	return _answer(failure_calls.dismiss, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def retry_cause(**given: object) -> failure_calls.DoneView:
	"""Try again what had failed for one cause, some at once."""
	return _answer(failure_calls.retry_cause, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def dismiss_cause(**given: object) -> failure_calls.DoneView:
	"""Let what had failed for one cause wait for nobody any more."""
	return _answer(failure_calls.dismiss_cause, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def invite(**given: object) -> list[InvitedView]:
	"""Send customers a link that signs them in; for each say how it goes, or why not."""
	return _answer(desk_calls.invite_customers, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def sign_in_link(**given: object) -> OfficeLinkView:
	"""Return a link that signs a customer in, for the office to hand over itself."""
	return _answer(desk_calls.make_office_link, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def revoke_links(**given: object) -> dict[str, int]:
	"""Let no link of a customer's open anything any more; return how many did until now."""
	return _answer(desk_calls.revoke_all_links, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def sign_ins(**given: object) -> list[SignInLinkView]:
	"""Return the latest links by which a customer signs in."""
	return _answer(desk_calls.list_sign_ins, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def likely(**given: object) -> LikelyPage:
	"""Return who may have written an unmatched thread, and why."""
	return _answer(tray_calls.list_likely, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def trust(**given: object) -> list[AddressView]:
	"""Trust an e-mail address on file, or take that back; return the thread's addresses."""
	return _answer(desk_calls.trust, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def renew(**given: object) -> InboxLine:
	"""Give a thread new secret addresses."""
	return _answer(desk_calls.renew, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def automations(**given: object) -> list[AutomationView]:
	"""Return what the system writes by itself, when, and how often it did."""
	return _answer(automation_calls.list_automations, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def switch_automation(**given: object) -> AutomationView:
	"""Switch an automation on or off."""
	require_manager()
	return _answer(automation_calls.switch_one, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def preview_automation(**given: object) -> AutomationPreview:
	"""Return what an automation would write about a document."""
	require_manager()
	return _answer(automation_calls.preview_one, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def on_the_way(**given: object) -> automation_calls.OnTheWayView:
	"""Tell a customer that somebody is on the way."""
	return _answer(automation_calls.say_on_the_way, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def one_taps(**given: object) -> list[OneTap]:
	"""Return what can be sent to this thread's customer with one tap."""
	return _answer(automation_calls.list_one_taps, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def ask_confirmation(**given: object) -> ScheduledView:
	"""Ask this thread's customer to confirm what is planned next."""
	return _answer(automation_calls.ask_to_confirm, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def scheduled(**given: object) -> ScheduledPage:
	"""Return what the system will write to a customer or about a document, wrote, or did not."""
	return _answer(automation_calls.list_scheduled, given)


@frappe.whitelist(methods=["POST"])
@endpoint
def erase(**given: object) -> leaving_calls.ErasureView:
	"""Begin to erase a conversation."""
	require_manager()
	return _answer(leaving_calls.erase, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def erasure(**given: object) -> leaving_calls.ErasureView:
	"""Return how far the erasure of a conversation is."""
	require_manager()
	return _answer(leaving_calls.erasure, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def export(**given: object) -> HttpAnswer:
	"""Return a copy of a conversation as a file."""
	require_manager()
	return _answer(leaving_calls.export, given)


@frappe.whitelist(methods=["GET"])
@endpoint
def numbers(**given: object) -> number_calls.NumbersView:
	"""Return the business's numbers between two days."""
	return _answer(number_calls.read_all, given)
