frappe.listview_settings["Thread Entry"] = {
	add_fields: ["author", "kind"],
	get_indicator(doc) {
		const color = { Contractor: "blue", Automated: "gray", Customer: "green" }[doc.author];
		return [__(doc.author), color, `author,=,${doc.author}`];
	},
	formatters: {
		text: (value) => frappe.utils.escape_html(String(value || "").slice(0, 140)),
	},
};
