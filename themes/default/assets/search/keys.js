// ↑ and ↓ move the focus from the field through the links of the results and back; Enter follows a link by itself.

export const walk = (event, input, results) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // Proposed names are only stops while there is nothing found.
  const found = results.querySelector(".hit, .name-card") ? ":not(.name-suggestions a)" : "";
  const stops = [input, ...results.querySelectorAll(`a[href]${found}`)];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  (next.closest(".hit-line") ?? next).scrollIntoView({ block: "nearest" });
};
