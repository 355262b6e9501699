// How the list of threads looks. A script, as Frappe serves no stylesheet with a list.
(function () {
	const id = "customer-thread-list-style";
	if (document.getElementById(id)) return;
	const style = document.createElement("style");
	style.id = id;
	// when the document was changed, comments and hearts say nothing of a conversation
	style.textContent = `
.ct-threads .list-row-activity { display: none; }
.ct-threads .level-left > :last-child { flex: 3; }
.ct-said { padding-inline: 40px 0; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media (max-width: 767px) {
	.ct-threads .list-row-container .list-row { height: auto; padding-bottom: 0; }
	.ct-threads .list-row .level-left { flex: 1 1 0; min-width: 0; }
	.ct-threads .list-row .level-right { flex: 0 0 auto; }
	.ct-threads .ct-said + .list-row-border { margin-top: 10px; }
}
`;
	document.head.append(style);
})();
