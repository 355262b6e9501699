{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Preference"] = {
	hide_name_column: true,
	formatters: { changed_us: (value) => customer_thread.ago(value) },
};
