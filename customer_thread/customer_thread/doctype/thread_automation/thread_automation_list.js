frappe.listview_settings["Thread Automation"] = { hide_name_column: true };
