// Suggestions for fields that hold the fieldname of another document type; anything else may be typed.
frappe.provide("customer_thread");

customer_thread.suggest_fields = async function (frm, pickers) {
	const doctype = frm.doc.document_type;
	if (doctype) await frappe.model.with_doctype(doctype);
	for (const [fieldname, choose] of Object.entries(pickers)) {
		const control = frm.fields_dict[fieldname];
		control.df.ignore_validation = 1;
		control.set_data(doctype ? choose(fields_of(doctype)) : []);
	}
};

function fields_of(doctype) {
	const own = stored(doctype).map((df) => ({ ...df, path: df.fieldname }));
	const tables = frappe.get_meta(doctype).fields.filter((df) => frappe.model.table_fields.includes(df.fieldtype));
	const rows = tables.flatMap((table) =>
		stored(table.options).map((df) => ({ ...df, path: `${table.fieldname}.${df.fieldname}`, table: table.fieldname }))
	);
	return [...own, ...rows];
}

function stored(doctype) {
	const meta = frappe.get_meta(doctype);
	return meta ? meta.fields.filter((df) => !frappe.model.no_value_type.includes(df.fieldtype)) : [];
}

customer_thread.as_options = (fields) =>
	fields.map((df) => ({ value: df.path, label: df.path, description: df.label }));
