{% include "customer_thread/desk/record.js" %}
{% include "customer_thread/desk/times.js" %}

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
		if (failed && purpose !== "Notice") offer_again(frm);
	},
});

/** Say which browser it went to: it is addressed by its subscription. */
async function name_browser(frm) {
	const name = frm.docname;
	const { message } = await frappe.db.get_value("Thread Push Subscription", frm.doc.address, "user_agent");
	if (frm.docname === name) frm.set_df_property("address", "description", frappe.utils.escape_html(message?.user_agent || ""));
}

/** Offer to try it again, unless its words went the other way: then nobody is to get them twice. */
async function offer_again(frm) {
	const { name, entry, purpose, fallback_of, failed_us } = frm.doc;
	if (!failed_us && !fallback_of) {
		const instead = entry ? { entry, purpose, fallback_of: ["is", "set"] } : { fallback_of: name };
		const [found] = await frappe.db.get_list("Thread Delivery", { filters: instead, limit: 1 });
		if (found || frm.docname !== name || frm.doc.state !== "Failed") return;
	}
	frm.remove_custom_button(__("Try again"));
	frm.add_custom_button(__("Try again"), () => retry(frm)).addClass("btn-primary");
}

async function retry(frm) {
	const { message } = await frappe.call({
		method: "customer_thread.api.desk.retry",
		args: { delivery: frm.docname },
		freeze: true,
	});
	const is_held = message.state === "Held";
	const words = is_held ? __("It waits until {0}.", [customer_thread.at(message.due_at)]) : __("It is sent again now.");
	frappe.show_alert({ message: frappe.utils.escape_html(words), indicator: is_held ? "orange" : "green" });
	frm.reload_doc();
}
