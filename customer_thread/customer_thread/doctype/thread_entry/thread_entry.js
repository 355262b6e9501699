{% include "customer_thread/desk/record.js" %}

frappe.ui.form.on("Thread Entry", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { thread, event } = frm.doc;
		frm.add_custom_button(__("Thread"), () => frappe.set_route("Form", "Customer Thread", thread));
		if (event) frm.add_custom_button(__("Event"), () => frappe.set_route("Form", "Thread Event", event));
		if (frm.doc.kind === "Message") {
			const show = () => frappe.set_route("List", "Thread Delivery", { entry: frm.docname });
			frm.add_custom_button(__("Deliveries"), show);
		}
	},
});
