// The customer's page as they see it, in a tab of its own.
frappe.provide("customer_thread");

customer_thread.add_preview_button = function (frm, name, thread_of, group) {
	if (!frappe.model.can_read("Customer Thread")) return;
	const label = __("Preview as {0} sees it", [frappe.utils.escape_html(name)]);
	frm.add_custom_button(label, async () => {
		const thread = await thread_of();
		if (thread) window.open(`/messages/preview/${encodeURIComponent(thread)}`, "_blank", "noopener");
		else frappe.show_alert({ message: __("There is no message with them yet."), indicator: "gray" });
	}, group);
};
