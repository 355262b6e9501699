frappe.listview_settings["Thread Delivery"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const colors = { Queued: "orange", Held: "purple", Sending: "orange", Sent: "blue", Delivered: "green" };
		const color = { ...colors, Failed: "red", Skipped: "gray" }[doc.state];
		return [__(doc.state), color, `state,=,${doc.state}`];
	},
	formatters: {
		error: (value) => frappe.utils.escape_html(value),
	},
};
