// What comes into the bell about a thread is shown by the browser, too, while this page is out of sight.
let is_watching = false;
let shown = "";

/** Listen from now on, and offer it in a page's menu while the browser has not been asked. */
export function watch_bell(page) {
	if (is_watching || !page || !("Notification" in window)) return;
	is_watching = true;
	frappe.realtime.on("notification", () => show_latest().catch(() => {}));
	if (Notification.permission !== "default") return;
	const item = page.add_menu_item(__("Notify me on this computer"), async () => {
		const said = await Notification.requestPermission();
		if (said !== "default") item.parent().remove();
	});
}

/** Show the latest line of the bell that is about a thread and was not read, once. */
export async function show_latest() {
	if (!document.hidden || Notification.permission !== "granted") return;
	const filters = { for_user: frappe.session.user, read: 0, document_type: "Customer Thread" };
	const fields = ["name", "subject", "document_name", "creation"];
	const [line] = await frappe.db.get_list("Notification Log", { filters, fields, order_by: "creation desc", limit: 1 });
	if (!line || `${line.name} ${line.creation}` === shown) return;
	shown = `${line.name} ${line.creation}`;
	// the bell's lines are HTML
	const words = new DOMParser().parseFromString(line.subject, "text/html").body.textContent;
	const notice = new Notification(__("Customer Threads"), { body: words, tag: line.name });
	notice.onclick = () => {
		window.focus();
		frappe.set_route("thread-inbox", "all", line.document_name);
		notice.close();
	};
}
