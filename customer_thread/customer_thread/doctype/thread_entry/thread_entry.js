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
		const mayErase = ["Thread Manager", "System Manager"].some((role) => frappe.user.has_role(role));
		if (frm.doc.kind === "Message" && !frm.doc.erased_us && mayErase) {
			frm.add_custom_button(__("Remove for privacy…"), () => erase(frm));
		}
	},
});

function erase(frm) {
	const reason = {
		fieldname: "reason",
		fieldtype: "Small Text",
		label: __("Why"),
		description: __("Kept in the thread's notes. The words and attachments are gone for good."),
		reqd: 1,
	};
	const call = async (values) => {
		const args = { entry: frm.docname, reason: values.reason };
		await frappe.call({ method: "customer_thread.api.admin.erase_entry", args, freeze: true });
		frm.reload_doc();
	};
	frappe.prompt(reason, call, __("Remove this message?"), __("Remove"));
}
