// What a manager does when a customer leaves: they get a copy, and everything is erased.
frappe.provide("customer_thread");

customer_thread.add_leaving_buttons = function (frm, title, thread_of) {
	if (!["Thread Manager", "System Manager"].some((role) => frappe.user.has_role(role))) return;
	frm.add_custom_button(__("Erase the conversation…"), () => erase(frm, title, thread_of), __("Privacy"));

	const copies = [
		[__("Copy for the customer (PDF)"), "customer", "pdf"],
		[__("Copy for the customer (JSON)"), "customer", "json"],
		[__("Our own copy, with notes (JSON)"), "business", "json"],
	];
	for (const [label, kind, format] of copies) frm.add_custom_button(label, () => copy(kind, format), __("Privacy"));

	async function copy(kind, format) {
		const thread = await thread_of();
		if (!thread) {
			frappe.show_alert(__("There is no message with them yet."));
			return;
		}
		const asked = new URLSearchParams({ thread, kind, format });
		window.open(`/api/method/customer_thread.api.desk.export?${asked}`);
	}

	async function erase(form, name, find) {
		const thread = await find();
		if (!thread) {
			frappe.show_alert(__("There is no message with them yet."));
			return;
		}
		const { escape_html } = frappe.utils;
		const words = [
			__("Every message, picture, card, note, address and link of this conversation goes for good. It cannot be undone."),
			__("What ERPNext itself has stays: the Customer, their Contacts, invoices, Communications and files. Remove those there."),
			__("A number that has said STOP stays on the list of those that get no texts."),
		];
		const field = { fieldname: "name", fieldtype: "Data", label: __("Type {0}", [escape_html(name)]), reqd: 1 };
		const dialog = new frappe.ui.Dialog({
			title: __("Erase this conversation?"),
			fields: [{ fieldname: "words", fieldtype: "HTML" }, field],
			primary_action_label: __("Erase for good"),
			async primary_action({ name: typed }) {
				const args = { thread, name: typed };
				await frappe.call({ method: "customer_thread.api.desk.erase", type: "POST", args, freeze: true });
				dialog.hide();
				frappe.show_alert({ message: __("It is being erased."), indicator: "green" });
				form.reload_doc();
			},
		});
		for (const line of words) $("<p>").text(line).appendTo(dialog.fields_dict.words.$wrapper);
		dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
		dialog.show();
	}
};
