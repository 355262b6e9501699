{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Text Consent"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const color = { Allowed: "green", "Opted Out": "red", "Not Textable": "gray" }[doc.state];
		return [__(doc.state), color, `state,=,${doc.state}`];
	},
	formatters: { changed_us: (value) => customer_thread.ago(value) },
};
