app_name = "customer_thread"
app_title = "Customer Thread"
app_publisher = "The customer_thread developers"
app_description = (
	"One conversation between a contractor and each of their customers, in ERPNext's customer portal"
)
app_email = "hello@customer-thread.example"
app_license = "mit"

required_apps = ["erpnext"]

before_install = "customer_thread.install.before_install"
after_install = "customer_thread.install.after_install"
before_uninstall = "customer_thread.install.before_uninstall"
before_migrate = ["customer_thread.install.before_migrate"]
after_migrate = ["customer_thread.install.after_migrate"]

doc_events = {
	"*": {
		"after_insert": "customer_thread.doc_events.any_document.after_insert",
		"on_submit": "customer_thread.doc_events.any_document.on_submit",
		"on_cancel": "customer_thread.doc_events.any_document.on_cancel",
		"on_change": "customer_thread.doc_events.any_document.on_change",
		"after_rename": "customer_thread.doc_events.any_document.after_rename",
		"after_delete": "customer_thread.doc_events.any_document.after_delete",
	},
	"Appointment": {
		"on_change": "customer_thread.doc_events.appointment.on_change",
		"after_delete": "customer_thread.doc_events.appointment.after_delete",
	},
	"Call Log": {"on_update": "customer_thread.doc_events.call_log.on_update"},
	"Communication": {
		"before_validate": "customer_thread.doc_events.communication.before_validate",
		"on_change": "customer_thread.doc_events.communication.on_change",
	},
	"Contact": {
		"before_insert": "customer_thread.doc_events.contact.before_insert",
		"on_change": "customer_thread.doc_events.contact.on_change",
		"before_rename": "customer_thread.doc_events.contact.before_rename",
		"after_rename": "customer_thread.doc_events.contact.after_rename",
		"on_trash": "customer_thread.doc_events.contact.on_trash",
	},
	"Customer": {
		"after_insert": "customer_thread.doc_events.customer.after_insert",
		"on_change": "customer_thread.doc_events.customer.on_change",
		"before_rename": "customer_thread.doc_events.customer.before_rename",
		"after_rename": "customer_thread.doc_events.customer.after_rename",
		"on_trash": "customer_thread.doc_events.customer.on_trash",
	},
	"Event": {
		"on_change": "customer_thread.doc_events.event.on_change",
		"after_delete": "customer_thread.doc_events.event.after_delete",
	},
	"Lead": {
		"on_change": "customer_thread.doc_events.lead.on_change",
		"before_rename": "customer_thread.doc_events.lead.before_rename",
		"after_rename": "customer_thread.doc_events.lead.after_rename",
		"on_trash": "customer_thread.doc_events.lead.on_trash",
	},
	"SMS Log": {"after_insert": "customer_thread.doc_events.sms_log.after_insert"},
	"DocShare": {"validate": "customer_thread.doc_events.docshare.validate"},
	"ToDo": {
		"on_change": "customer_thread.doc_events.todo.on_change",
		"after_delete": "customer_thread.doc_events.todo.after_delete",
	},
	"User": {"after_rename": "customer_thread.doc_events.user.after_rename"},
	"Unhandled Email": {"before_validate": "customer_thread.doc_events.unhandled_email.before_validate"},
}

on_logout = "customer_thread.frappe_host.sessions.on_logout"
on_session_creation = "customer_thread.frappe_host.sessions.on_session_creation"

# what tells of a document or user does not keep it from being deleted; a thread keeps its customer
ignore_links_on_delete = [
	"Thread Bot Memory",
	"Thread Calendar",
	"Thread Event",
	"Thread Contact Point",
	"Thread Preference",
	"Thread Preference Change",
	"Thread Sign In",
	"Thread Push Subscription",
	"Thread Scheduled Message",
	"Thread Upload",
]

scheduler_events = {
	"cron": {
		"* * * * *": [
			"customer_thread.tasks.release",
			"customer_thread.tasks.deliver",
			"customer_thread.tasks.pull_mails",
			"customer_thread.tasks.fetch_attachments",
			"customer_thread.tasks.resume_history",
			"customer_thread.tasks.erase",
			"customer_thread.tasks.alert_waiting",
		],
		"*/10 * * * *": [
			"customer_thread.tasks.backfill",
			"customer_thread.tasks.check_mails",
			"customer_thread.tasks.ask_outcomes",
			"customer_thread.tasks.forget_kept_words",
			"customer_thread.tasks.gather_words",
			"customer_thread.tasks.forget_uploads",
		],
	},
	"hourly_long": ["customer_thread.tasks.follow_zones"],
	"daily_long": [
		"customer_thread.tasks.check_contact_points",
		"customer_thread.tasks.forget",
		"customer_thread.tasks.remove_old",
	],
}

page_renderer = [
	"customer_thread.api.app_files.AppFilesPage",
	"customer_thread.api.choice.ChoicePage",
	"customer_thread.api.preview.PreviewPage",
	"customer_thread.api.pictures.PicturesPage",
	"customer_thread.api.notification_settings_page.NotificationSettingsPage",
	"customer_thread.api.schedule_page.SchedulePage",
	"customer_thread.api.calendar_page.CalendarPage",
	"customer_thread.api.calendar_page.CalendarFile",
	"customer_thread.api.document_pages.DocumentPage",
	"customer_thread.api.sign_in.WayInPage",
	"customer_thread.api.sign_in.SignInPage",
	# the last of ours: it takes whatever else is below /messages, so that Frappe caches no page of it
	"customer_thread.api.pages.MessagesPage",
]

# always added at run time; standard_portal_menu_items would be copied into Portal Settings and stay there
portal_menu_items = [
	{"title": "Messages", "route": "/messages", "role": "Customer"},
	{"title": "Schedule", "route": "/schedule", "role": "Customer"},
]

extend_bootinfo = "customer_thread.frappe_host.desk_boot.extend_bootinfo"

doctype_js = {
	"Customer": [
		"desk/elements.js",
		"desk/party.js",
		"desk/preview.js",
		"desk/invite.js",
		"desk/times.js",
		"desk/office_link.js",
		"desk/leaving.js",
		"desk/customer.js",
	],
	"Lead": ["desk/elements.js", "desk/party.js", "desk/lead.js"],
	"Appointment": [
		"desk/elements.js",
		"desk/party.js",
		"desk/new_id.js",
		"desk/on_the_way.js",
		"desk/scheduled_color.js",
		"desk/scheduled.js",
		"desk/appointment.js",
	],
	"Event": [
		"desk/elements.js",
		"desk/party.js",
		"desk/new_id.js",
		"desk/on_the_way.js",
		"desk/scheduled_color.js",
		"desk/scheduled.js",
		"desk/event.js",
	],
	"Maintenance Visit": [
		"desk/elements.js",
		"desk/party.js",
		"desk/new_id.js",
		"desk/on_the_way.js",
		"desk/scheduled_color.js",
		"desk/scheduled.js",
		"desk/maintenance_visit.js",
	],
	"Sales Invoice": [
		"desk/elements.js",
		"desk/party.js",
		"desk/scheduled_color.js",
		"desk/scheduled.js",
		"desk/sales_invoice.js",
	],
	"Quotation": [
		"desk/elements.js",
		"desk/party.js",
		"desk/scheduled_color.js",
		"desk/scheduled.js",
		"desk/quotation.js",
	],
}

override_doctype_dashboards = {
	"Customer": ["customer_thread.frappe_host.dashboards.customer"],
	"Lead": ["customer_thread.frappe_host.dashboards.lead"],
}

# all of ours but the child tables, whose parent is asked; underscored, or Frappe takes it for a hook
_own_doctypes = [
	"Customer Thread",
	"Customer Thread Settings",
	"Thread Attachment",
	"Thread Automation",
	"Thread Bot Memory",
	"Thread Calendar",
	"Thread Card Rule",
	"Thread Contact Point",
	"Thread Delivery",
	"Thread Entry",
	"Thread Erasure",
	"Thread Event",
	"Thread History",
	"Thread Note",
	"Thread Preference",
	"Thread Preference Change",
	"Thread Saved Reply",
	"Thread Seal",
	"Thread Sign In",
	"Thread Push Subscription",
	"Thread Scheduled Message",
	"Thread Text Consent",
	"Thread Upload",
	"Thread Words",
]
doctype_list_js = {
	"Customer": ["desk/invite.js", "desk/customer_list.js"],
	# comes with what is known of the DocType, whatever is shown of it: a list, a report, a form
	**dict.fromkeys(_own_doctypes, "desk/words_as_text.js"),
}
# what stands beside a name in the box of a link field, Frappe shows as HTML
standard_queries = dict.fromkeys(_own_doctypes, "customer_thread.api.search.link")
has_permission = {
	**dict.fromkeys(_own_doctypes, "customer_thread.permissions.has_permission"),
	"Notification Log": "customer_thread.permissions.has_bell_permission",
}
permission_query_conditions = dict.fromkeys(_own_doctypes, "customer_thread.permissions.query_conditions")

fixtures = [
	{"dt": "Role", "filters": [["name", "in", ["Thread Manager", "Thread Agent"]]]},
	"Thread Automation",
	"Thread Card Rule",
	"Thread Saved Reply",
]

export_python_type_annotations = True
