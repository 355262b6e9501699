from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from customer_thread.frappe_host.enabled_rules import put_in_force
from customer_thread.frappe_host.guard import is_setting_up, shown_to_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.desk.check_setting import as_kept, check_setting, check_team
from customer_thread.service.settings import HOURS
from customer_thread.store import subscriptions


class CustomerThreadSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		from customer_thread.customer_thread.doctype.customer_thread_tab.customer_thread_tab import CustomerThreadTab
		from customer_thread.customer_thread.doctype.thread_team_member.thread_team_member import ThreadTeamMember

		accent_color: DF.Color | None
		authserv_id: DF.Data | None
		business_name: DF.Data | None
		business_phone: DF.Data | None
		capture_calls: DF.Check
		capture_documents: DF.Check
		capture_emails: DF.Check
		capture_texts: DF.Check
		contractor_email: DF.Data | None
		contractor_mobile: DF.Data | None
		default_region: DF.Data | None
		default_timezone: DF.Autocomplete | None
		fetch_every_minute: DF.Check
		forward_texts: DF.Check
		history_months: DF.Int
		invitation_text: DF.SmallText | None
		keep_months: DF.Int
		locale: DF.Data | None
		logo: DF.AttachImage | None
		mail_from: DF.Data | None
		notice_delay_minutes: DF.Int
		public_url: DF.Data | None
		push_amounts: DF.Check
		push_service_base: DF.Data | None
		quiet_end: DF.Data | None
		quiet_start: DF.Data | None
		reply_domain: DF.Data | None
		short_numbers: DF.Check
		show_missed_calls: DF.Check
		sign_in_link_days: DF.Int
		sign_in_links: DF.Check
		tabs: DF.Table[CustomerThreadTab]
		team: DF.Table[ThreadTeamMember]
		texts_per_day: DF.Int
		texts_per_sender: DF.Int
		texts_per_thread: DF.Int
		trust_addresses: DF.Check
		twilio_account_sid: DF.Data | None
		twilio_api_base: DF.Data | None
		twilio_api_key: DF.Data | None
		twilio_api_secret: DF.Password | None
		twilio_auth_token: DF.Password | None
		twilio_from_number: DF.Data | None
		twilio_messaging_service_sid: DF.Data | None
		twilio_previous_auth_token: DF.Password | None
		vapid_private_key: DF.Password | None
		vapid_public_key: DF.Data | None
		vapid_subject: DF.Data | None
		window_end: DF.Data | None
		window_start: DF.Data | None
		work_end: DF.Data | None
		work_start: DF.Data | None
		working_days: DF.Literal["Monday to Friday", "Monday to Saturday", "Every day"]
		zulip_api_key: DF.Password | None
		zulip_bot_email: DF.Data | None
		zulip_channel: DF.Data | None
		zulip_site: DF.Data | None
		zulip_webhook_token: DF.Password | None
	# end: auto-generated types

	def validate(self) -> None:
		with shown_to_user():
			for field in self.meta.fields:
				if field.fieldtype == "Data":
					self.set(field.fieldname, as_kept(field.fieldname, str(self.get(field.fieldname) or "")))
			for field in self.meta.fields:
				value = str(self.get(field.fieldname) or "").strip()
				check_setting(field.fieldname, value, _(field.label), self.default_region or "")
			# the Desk begins a row where somebody goes past the table by Tab
			self.set("team", [row for row in self.team if row.user or row.phone or row.email])
			rows = [(row.user or "", row.phone or "", row.email or "") for row in self.team]
			check_team(rows, self.contractor_mobile or "", self.default_region or "")

	def on_update(self) -> None:
		# numbers without a country are read as this region's
		if self.has_value_changed("default_region") and not is_setting_up():
			frappe.enqueue(
				"customer_thread.tasks.check_contact_points", queue="long", enqueue_after_commit=True
			)
		if self.has_value_changed("vapid_public_key") and not is_setting_up():
			ports = site_ports()
			subscriptions.end_of_other_keys(
				ports.database, self.vapid_public_key or "", ports.clock.now_us()
			)
		if any(self.has_value_changed(name) for name in HOURS) and not is_setting_up():
			frappe.enqueue("customer_thread.tasks.look_at_held", queue="long", enqueue_after_commit=True)
		if self.has_value_changed("capture_documents") and self.capture_documents:
			put_in_force()
