app_name = "customer_thread"
app_title = "Customer Thread"
app_publisher = "The customer_thread developers"
app_description = (
	"One conversation between a contractor and each of his customers, in ERPNext's customer portal"
)
app_email = "hello@customer-thread.example"
app_license = "mit"

required_apps = ["erpnext"]

fixtures = [
	{"dt": "Role", "filters": [["name", "in", ["Thread Manager", "Thread Agent"]]]},
	"Thread Card Rule",
]

export_python_type_annotations = True
