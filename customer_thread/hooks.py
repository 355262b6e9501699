app_name = "customer_thread"
app_title = "Customer Thread"
app_publisher = "The customer_thread developers"
app_description = (
	"One conversation between a contractor and each of his customers, in ERPNext's customer portal"
)
app_email = "hello@customer-thread.example"
app_license = "mit"

required_apps = ["erpnext"]

after_install = "customer_thread.install.after_install"
after_migrate = ["customer_thread.install.after_migrate"]

doc_events = {
	"Call Log": {"on_update": "customer_thread.doc_events.call_log.on_update"},
	"SMS Log": {"after_insert": "customer_thread.doc_events.sms_log.after_insert"},
}

scheduler_events = {
	"cron": {
		"* * * * *": ["customer_thread.tasks.deliver", "customer_thread.tasks.fetch_media"],
		"*/10 * * * *": ["customer_thread.tasks.backfill"],
	},
}

page_renderer = ["customer_thread.api.pages.MessagesPage"]

has_permission = {
	"Customer Thread": "customer_thread.permissions.has_permission",
	"Customer Thread Settings": "customer_thread.permissions.has_permission",
	"Thread Attachment": "customer_thread.permissions.has_permission",
	"Thread Automation": "customer_thread.permissions.has_permission",
	"Thread Card Rule": "customer_thread.permissions.has_permission",
	"Thread Contact Point": "customer_thread.permissions.has_permission",
	"Thread Delivery": "customer_thread.permissions.has_permission",
	"Thread Entry": "customer_thread.permissions.has_permission",
	"Thread Event": "customer_thread.permissions.has_permission",
	"Thread Note": "customer_thread.permissions.has_permission",
	"Thread Preference": "customer_thread.permissions.has_permission",
	"Thread Push Subscription": "customer_thread.permissions.has_permission",
	"Thread Text Consent": "customer_thread.permissions.has_permission",
}

permission_query_conditions = {
	"Customer Thread": "customer_thread.permissions.query_conditions",
	"Customer Thread Settings": "customer_thread.permissions.query_conditions",
	"Thread Attachment": "customer_thread.permissions.query_conditions",
	"Thread Automation": "customer_thread.permissions.query_conditions",
	"Thread Card Rule": "customer_thread.permissions.query_conditions",
	"Thread Contact Point": "customer_thread.permissions.query_conditions",
	"Thread Delivery": "customer_thread.permissions.query_conditions",
	"Thread Entry": "customer_thread.permissions.query_conditions",
	"Thread Event": "customer_thread.permissions.query_conditions",
	"Thread Note": "customer_thread.permissions.query_conditions",
	"Thread Preference": "customer_thread.permissions.query_conditions",
	"Thread Push Subscription": "customer_thread.permissions.query_conditions",
	"Thread Text Consent": "customer_thread.permissions.query_conditions",
}

fixtures = [
	{"dt": "Role", "filters": [["name", "in", ["Thread Manager", "Thread Agent"]]]},
	"Thread Card Rule",
]

export_python_type_annotations = True
