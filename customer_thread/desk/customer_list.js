(() => {
	// ERPNext has settings of its own for this list
	const settings = (frappe.listview_settings.Customer = frappe.listview_settings.Customer || {});
	const before = settings.onload;
	settings.onload = function (list) {
		if (before) before.call(this, list);
		if (!frappe.model.can_read("Customer Thread")) return;
		const invite = () => customer_thread.invite(list.get_checked_items(true), () => list.clear_checked_items());
		list.page.add_actions_menu_item(__("Invite to Messages"), invite, false);
	};
})();
