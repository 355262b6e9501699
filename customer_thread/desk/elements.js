// Elements of the Desk's pages. Words from outside become text nodes, never HTML.
frappe.provide("customer_thread");

/** Return what a module of `public/desk` exports; it is loaded when it is first needed. */
customer_thread.part = (name) => import(`/assets/customer_thread/desk/${name}.js?v=${frappe.boot.customer_thread_desk}`);

customer_thread.made = function (tag, classes, parent) {
	const element = document.createElement(tag);
	element.className = classes;
	if (parent) parent.append(element);
	return element;
};

customer_thread.made_text = function (tag, classes, text) {
	const element = customer_thread.made(tag, classes);
	element.textContent = text;
	return element;
};

customer_thread.made_button = function (classes, words, press) {
	const element = customer_thread.made_text("button", classes, words);
	element.type = "button";
	element.addEventListener("click", press);
	return element;
};
