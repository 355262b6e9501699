frappe.listview_settings["Thread Contact Point"] = { hide_name_column: true };
