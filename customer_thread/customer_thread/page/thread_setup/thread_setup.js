// Frappe puts a page's script into the window: what is in here stays in here.
(() => {
{% include "customer_thread/desk/style.js" %}
{% include "customer_thread/desk/ask.js" %}
{% include "customer_thread/desk/new_id.js" %}
{% include "customer_thread/desk/setup_view.js" %}
{% include "customer_thread/desk/setup.js" %}

	frappe.pages["thread-setup"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("Set up"), single_column: true });
		wrapper.setup = new customer_thread.Setup(wrapper);
	};
	frappe.pages["thread-setup"].on_page_show = (wrapper) => wrapper.setup.show();
})();
