"""What gunicorn serves: Frappe's own application, for the one site of the tests by whatever name it is asked."""

import os

import frappe.app

frappe.app._site = os.environ["SITE"]
application = frappe.app.application
