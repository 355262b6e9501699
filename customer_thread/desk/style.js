// Our stylesheet, once: Frappe serves none with a form or a list.
(() => {
	const href = `/assets/customer_thread/desk/desk.css?v=${frappe.boot.customer_thread_desk}`;
	if (document.querySelector(`link[href="${href}"]`)) return;
	document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
})();
