frappe.ui.form.on("Sales Invoice", { refresh: (frm) => customer_thread.show_scheduled(frm) });
