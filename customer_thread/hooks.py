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

fixtures = [
	{"dt": "Role", "filters": [["name", "in", ["Thread Manager", "Thread Agent"]]]},
	"Thread Card Rule",
]

export_python_type_annotations = True
