{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Customer Thread"] = {
	add_fields: ["party", "contractor_unread", "merged_into"],
	hide_name_column: true,
	filters: [["merged_into", "is", "not set"]],
	get_indicator(doc) {
		if (doc.merged_into) return [__("Moved"), "gray", "merged_into,is,set"];
		if (!doc.party) return [__("Unmatched"), "orange", "party,is,not set"];
		if (doc.contractor_unread) return [__("{0} unread", [doc.contractor_unread]), "blue", "contractor_unread,>,0"];
		return [__("Read"), "green", "contractor_unread,=,0"];
	},
	formatters: {
		last_us: (value) => customer_thread.ago(value),
		last_preview: (value) => frappe.utils.escape_html(value),
	},
};
