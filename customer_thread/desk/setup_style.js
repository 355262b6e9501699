// How the set-up page looks, in the Desk's own colors.
(function () {
	const id = "customer-thread-setup-style";
	if (document.getElementById(id)) return;
	const style = document.createElement("style");
	style.id = id;
	style.textContent = `
.ct-setup { padding: 15px; }
.ct-setup-intro { max-width: 70ch; }
.ct-setup-steps { list-style: none; margin: 0; padding: 0; }
.ct-setup-step { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 16px; align-items: start; padding: 14px 0; border-top: 1px solid var(--border-color); }
.ct-setup-title { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; margin: 0; font-size: 15px; font-weight: 600; }
.ct-setup-why { grid-column: 1; margin: 0; max-width: 70ch; color: var(--text-color); overflow-wrap: anywhere; }
.ct-setup-act { grid-column: 2; grid-row: 1 / span 2; align-self: center; }
.ct-setup-more { grid-column: 1 / -1; }
.ct-setup-more summary { cursor: pointer; }
.ct-setup-address { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin-top: 8px; }
.ct-setup-address > div { flex: 1 1 100%; }
.ct-setup-address code { overflow-wrap: anywhere; }
.ct-setup-problem { margin: 0 0 12px; }
.ct-setup-problem:empty { display: none; }
@media (max-width: 700px) {
	.ct-setup-step { grid-template-columns: minmax(0, 1fr); }
	.ct-setup-act { grid-column: 1; grid-row: auto; justify-self: start; margin-top: 6px; display: inline-flex; align-items: center; }
	.ct-setup-act, .ct-setup-address .btn, .ct-setup-more summary { min-height: 44px; }
}
`;
	document.head.append(style);
})();
