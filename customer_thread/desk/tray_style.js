// How what failed and what nobody knows the owner of look, in the Desk's own colors.
(function () {
	const id = "customer-thread-tray-style";
	if (document.getElementById(id)) return;
	const style = document.createElement("style");
	style.id = id;
	style.textContent = `
.ct-tray { padding: 12px 15px; overflow-wrap: anywhere; }
.ct-inbox-pane .ct-tray { max-height: 40%; overflow-y: auto; flex-shrink: 0; }
.ct-tray h3, .ct-tray h4 { font-size: 14px; font-weight: 600; margin: 0 0 4px; }
.ct-tray p { margin: 0 0 8px; }
.ct-tray-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 8px; }
.ct-tray-cause { border: 1px solid var(--border-color); border-left: 3px solid #e24c4c; border-radius: 8px; padding: 12px; margin: 0 0 12px; }
.ct-tray-rows { list-style: none; margin: 8px 0 0; padding: 0; }
.ct-tray-row { border-top: 1px solid var(--border-color); padding: 8px 0; }
.ct-tray-row.is-done { opacity: 0.6; }
.ct-tray-who { font-weight: 600; background: none; border: none; padding: 0; color: var(--text-color); text-align: left; text-decoration: underline; }
.ct-tray-unmatched { border-bottom: 1px solid var(--border-color); background: #fff8e6; color: #4a3a00; }
[data-theme="dark"] .ct-tray-unmatched { background: #3a2e0a; color: #f5e6b8; }
.ct-tray-unmatched .ct-tray-why { color: inherit; opacity: 0.85; }
.ct-tray .btn:focus-visible, .ct-tray-who:focus-visible, .ct-tray a:focus-visible { outline: 2px solid var(--primary, #2490ef); outline-offset: 2px; }
@media (max-width: 768px) { .ct-tray .btn, .ct-tray-who, .ct-tray input, .ct-tray summary { min-height: 44px; } }
`;
	document.head.append(style);
})();
