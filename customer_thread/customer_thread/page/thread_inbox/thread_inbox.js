// Frappe puts a page's script into the window: what is in here stays in here.
(() => {
{% include "customer_thread/desk/style.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/delivery_color.js" %}
{% include "customer_thread/desk/conversation.js" %}
{% include "customer_thread/desk/elements.js" %}
{% include "customer_thread/desk/ask.js" %}
{% include "customer_thread/desk/new_id.js" %}
{% include "customer_thread/desk/draft.js" %}
{% include "customer_thread/desk/segments.js" %}
{% include "customer_thread/desk/colleagues.js" %}
{% include "customer_thread/desk/reply_box.js" %}
{% include "customer_thread/desk/joined.js" %}
{% include "customer_thread/desk/live.js" %}
{% include "customer_thread/desk/inbox_list.js" %}
{% include "customer_thread/desk/inbox_pane.js" %}
{% include "customer_thread/desk/inbox_keys.js" %}
{% include "customer_thread/desk/inbox.js" %}

	frappe.pages["thread-inbox"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("Inbox"), single_column: true });
		wrapper.inbox = new customer_thread.Inbox(wrapper);
		customer_thread.part("notify").then(({ watch_bell }) => watch_bell(wrapper.page));
	};
	frappe.pages["thread-inbox"].on_page_show = (wrapper) => wrapper.inbox.show();
})();
