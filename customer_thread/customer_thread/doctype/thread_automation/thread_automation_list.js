{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/automation_preview.js" %}

frappe.listview_settings["Thread Automation"] = {
	add_fields: ["title", "enabled", "document_type", "text"],
	hide_name_column: true,
	onload(list) {
		list.$result.on("change", ".ct-switch", (event) => flip(list, event.currentTarget));
	},
	refresh: show_below,
	get_indicator: (doc) => (doc.enabled ? [__("On"), "green", "enabled,=,1"] : [__("Off"), "gray", "enabled,=,0"]),
	formatters: {
		enabled: (value, df, doc) => as_switch(doc).prop("outerHTML"),
		title: (value, df, doc) => `${value} (${__(doc.document_type)})`,
	},
};

function as_switch(doc) {
	const label = doc.enabled ? __("Switch off") : __("Switch on");
	const box = $("<input type='checkbox' class='ct-switch'>").attr({ "data-automation": doc.name, "aria-label": label, title: label });
	if (doc.enabled) box.attr("checked", "checked");
	return frappe.model.can_write("Thread Automation") ? box : box.attr("disabled", "disabled");
}

async function flip(list, box) {
	const { automation } = box.dataset;
	try {
		await frappe.db.set_value("Thread Automation", automation, "enabled", box.checked ? 1 : 0);
		frappe.show_alert({ message: box.checked ? __("Switched on") : __("Switched off"), indicator: "green" });
	} finally {
		list.refresh();
	}
}

// what it writes, and the way to try it; on a phone Frappe shows no column but the name and the state
function show_below(list) {
	list.$result.find(".ct-words").remove();
	list.$result.find(".list-row-container .list-row").each((index, row) => {
		const doc = list.data[index];
		if (!doc) return;
		const line = $("<div class='ct-words small text-muted'>").css({ padding: "0 15px 8px 40px", overflowWrap: "anywhere" });
		const on_phone = $("<label class='d-md-none'>").css({ display: "block", padding: "8px 0" });
		on_phone.append(as_switch(doc), " ", document.createTextNode(__("Enabled")));
		line.append(on_phone, document.createTextNode(doc.text)).insertAfter(row);
		if (!frappe.model.can_write("Thread Automation")) return;
		const button = $("<button type='button' class='btn btn-default btn-xs'>").text(__("Preview"));
		button.attr("title", __("See what it writes")).on("click", () => preview(doc.name));
		line.append($("<div>").css("marginTop", "6px").append(button));
	});
}

async function preview(name) {
	const automation = await frappe.db.get_doc("Thread Automation", name);
	const dialog = new frappe.ui.Dialog({ title: frappe.utils.escape_html(automation.title) });
	const place = $("<div>").appendTo(dialog.$body);
	dialog.show();
	customer_thread.preview_automation(place, () => automation);
}
