frappe.ui.form.on("Lead", { refresh: (frm) => customer_thread.add_thread_button(frm) });
