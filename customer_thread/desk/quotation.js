frappe.ui.form.on("Quotation", { refresh: (frm) => customer_thread.show_scheduled(frm) });
