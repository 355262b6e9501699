{% include "customer_thread/desk/record.js" %}

frappe.ui.form.on("Thread Delivery", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { thread, entry, state, error, purpose, channel } = frm.doc;
		if (channel === "Push") name_browser(frm);
		const failed = state === "Failed";
		const words = failed ? error || __("It could not be delivered.") : "";
		if (words) frm.set_intro(frappe.utils.escape_html(words), "red");
		if (thread) frm.add_custom_button(__("Thread"), () => frappe.set_route("Form", "Customer Thread", thread));
		if (entry) frm.add_custom_button(__("Entry"), () => frappe.set_route("Form", "Thread Entry", entry));
		if (failed && purpose !== "Notice") frm.add_custom_button(__("Try again"), () => retry(frm)).addClass("btn-primary");
	},
});

/** Say which browser it went to: it is addressed by its subscription. */
async function name_browser(frm) {
	const name = frm.docname;
	const { message } = await frappe.db.get_value("Thread Push Subscription", frm.doc.address, "user_agent");
	if (frm.docname === name) frm.set_df_property("address", "description", (message && message.user_agent) || "");
}

async function retry(frm) {
	await frappe.call({
		method: "customer_thread.api.desk.retry",
		args: { delivery: frm.docname },
		freeze: true,
	});
	frappe.show_alert({ message: __("It is sent again now."), indicator: "green" });
	frm.reload_doc();
}
