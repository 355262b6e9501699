from typing import TYPE_CHECKING, Any

from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.record import Record


class CustomerThread(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		alert_us: DF.Int
		alerted: DF.Int
		answered_us: DF.Int
		assigned_to: DF.Link | None
		blocked_by: DF.Data | None
		blocked_us: DF.Int
		code: DF.Data | None
		contractor_read_upto: DF.Int
		contractor_token: DF.Data | None
		contractor_unread: DF.Int
		customer_read_upto: DF.Int
		customer_read_us: DF.Int
		customer_unread: DF.Int
		done_before: DF.Int
		done_upto: DF.Int
		erased_us: DF.Int
		last_entry: DF.Int
		last_preview: DF.Data | None
		last_us: DF.Int
		last_words: DF.Data | None
		last_words_by: DF.Literal["", "Customer", "Contractor"]
		last_words_us: DF.Int
		merged_into: DF.Link | None
		party: DF.DynamicLink | None
		party_type: DF.Literal["", "Customer", "Lead"]
		reply_token: DF.Data | None
		revision: DF.Int
		rung_upto: DF.Int
		since_us: DF.Int
		snoozed_before: DF.Int
		snoozed_us: DF.Int
		timezone: DF.Data | None
		title: DF.Data | None
		unmatched_address: DF.Data | None
		unmatched_name: DF.Data | None
		unmatched_reason: DF.SmallText | None
		waiting_us: DF.Int
	# end: auto-generated types

	def run_method(self, method: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Frappe's own
		"""Log what a site's Assignment Rules and the like raise for a new thread: what a customer wrote is stored."""
		if method != "on_update":
			return super().run_method(method, *args, **kwargs)
		with guarded(f"Rules about thread {self.name}"):
			return super().run_method(method, *args, **kwargs)
		return None
