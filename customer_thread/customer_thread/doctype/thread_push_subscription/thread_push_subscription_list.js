{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Push Subscription"] = {
	hide_name_column: true,
	formatters: { last_ok_us: (value) => (Number(value) ? customer_thread.ago(value) : "") },
};
