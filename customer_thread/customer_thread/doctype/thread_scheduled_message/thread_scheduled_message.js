{% include "customer_thread/desk/record.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/scheduled_color.js" %}

const TIMES = ["due_us", "planned_us", "valid_until_us", "first_us", "about_us", "confirmed_us", "creation_us"];

frappe.ui.form.on("Thread Scheduled Message", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { thread, entry, state, automation, reference_doctype, reference_name } = frm.doc;
		const title = frappe.utils.get_link_title("Thread Automation", automation);
		if (title) frm.page.set_title(frappe.utils.escape_html(title));
		frm.page.set_indicator(__(state), customer_thread.scheduled_color(state));
		frm.add_custom_button(__("Thread"), () => frappe.set_route("Form", "Customer Thread", thread));
		if (entry) frm.add_custom_button(__("Entry"), () => frappe.set_route("Form", "Thread Entry", entry));
		if (reference_doctype && reference_name) {
			const open = () => frappe.set_route("Form", reference_doctype, reference_name);
			frm.add_custom_button(__("Open document"), open).addClass("btn-primary");
		}
		for (const field of TIMES) {
			const us = Number(frm.doc[field]);
			frm.fields_dict[field].df.formatter = (value) => customer_thread.at(Number(value) / 1000);
			frm.set_df_property(field, "description", "");
			frm.toggle_display(field, Boolean(us));
		}
		for (const field of ["entry", "minutes"]) frm.toggle_display(field, Boolean(Number(frm.doc[field])));
	},
});
