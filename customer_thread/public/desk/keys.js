// The keys of the inbox, when they are asked for.
/** Show single keys, each with what it does. */
export function show_keys(keys) {
	const dialog = new frappe.ui.Dialog({ title: __("Keys") });
	const table = customer_thread.made("table", "table table-sm");
	for (const [key, words] of keys) {
		const row = customer_thread.made("tr", "", table);
		customer_thread.made("td", "", row).append(customer_thread.made_text("kbd", "", key));
		row.append(customer_thread.made_text("td", "", words()));
	}
	const row = customer_thread.made("tr", "", table);
	customer_thread.made("td", "", row).append(customer_thread.made_text("kbd", "", /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ Enter" : "Ctrl Enter"));
	row.append(customer_thread.made_text("td", "", __("Send")));
	dialog.$body.append(table);
	dialog.show();
}
