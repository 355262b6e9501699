{% include "customer_thread/desk/record.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/scheduled_color.js" %}

const TIMES = ["due_us", "planned_us", "valid_until_us", "about_us", "confirmed_us", "creation_us"];

frappe.ui.form.on("Thread Scheduled Message", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { thread, entry, state, reference_doctype, reference_name } = frm.doc;
		frm.page.set_indicator(__(state), customer_thread.scheduled_color(state));
		frm.add_custom_button(__("Thread"), () => frappe.set_route("Form", "Customer Thread", thread));
		if (entry) frm.add_custom_button(__("Entry"), () => frappe.set_route("Form", "Thread Entry", entry));
		if (reference_doctype && reference_name) {
			const open = () => frappe.set_route("Form", reference_doctype, reference_name);
			frm.add_custom_button(__("Open document"), open).addClass("btn-primary");
		}
		for (const field of TIMES) {
			const us = Number(frm.doc[field]);
			frm.set_df_property(field, "description", us ? customer_thread.at(us / 1000) : "");
			frm.toggle_display(field, Boolean(us));
		}
	},
});
