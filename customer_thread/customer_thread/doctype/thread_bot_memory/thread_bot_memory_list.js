{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Bot Memory"] = {
	hide_name_column: true,
	formatters: { heard_us: (value) => (Number(value) ? customer_thread.ago(value) : "") },
};
