// Frappe's lists, reports and forms take what a field holds for HTML, and trust that what was saved was made harmless.
// We keep words as they were written, so here each field of ours says that it holds text. Served with every DocType of ours.
(() => {
	const TEXT = ["Data", "Autocomplete", "Small Text", "Text", "Long Text"];
	const { escape_html, replace_newlines } = frappe.utils;

	function as_text(value, df, options, doc) {
		const given = value == null ? "" : String(value);
		// a form escapes some fields itself, and then asks; what is escaped once is escaped
		const kept = doc && doc[df.fieldname];
		const escaped = kept && given === escape_html(String(kept)) ? given : escape_html(given);
		return df.fieldtype === "Data" ? escaped : replace_newlines(escaped);
	}

	for (const { name, module } of Object.values(locals.DocType)) {
		const fields = frappe.meta.docfield_map[name];
		if (module !== "Customer Thread" || !fields) continue;
		for (const df of Object.values(fields)) {
			if (TEXT.includes(df.fieldtype)) df.formatter = as_text;
		}
		// a report without anything to say of a row's state drops that column while it builds the first row, whose words
		// then stand one column before their own, as whatever that one shows; this one has no such column from the start
		if (!frappe.listview_settings[name]?.get_indicator) {
			const df = { fieldname: "docstatus", fieldtype: "Int", parent: name, report_hide: 1 };
			Object.defineProperty(fields, "docstatus", { value: df, configurable: true });
		}
	}
})();
