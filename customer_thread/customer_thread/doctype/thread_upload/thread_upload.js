{% include "customer_thread/desk/record.js" %}

frappe.ui.form.on("Thread Upload", { refresh: (frm) => customer_thread.as_record(frm) });
