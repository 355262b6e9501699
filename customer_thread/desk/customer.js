frappe.ui.form.on("Customer", { refresh: (frm) => customer_thread.add_thread_button(frm) });
