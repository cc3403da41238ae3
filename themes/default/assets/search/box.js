// The field in the head of a page: results open below it as the reader types. Enter goes to the search page, as it does
// without scripts.

import { connect } from "./client.js";
import { element } from "./dom.js";
import { walk } from "./keys.js";
import { tr } from "./tr.js";
import { composes, follow } from "./typing.js";
import { View } from "./view.js";

export const attach = (form, reader) => {
  const input = form.elements.q;
  const { client, root } = connect(form);

  const all = () => {
    const address = new URL(form.action);
    address.searchParams.set("q", input.value);
    return address.href;
  };
  const suggest = (query) => {
    input.value = query;
    input.focus();
    search();
  };
  const view = new View(client, root, { suggest, all, names: true, retry: () => show(input.value) });
  const close = element("button", { type: "button", class: "close", "aria-label": tr("search.close") });
  const looks = { class: "search-panel", role: "region", "aria-label": tr("search.results"), hidden: true };
  const panel = element("div", looks, view.element);
  form.append(close, panel);

  const open = () => {
    form.classList.add("open");
    panel.hidden = input.value.trim() === "";
  };
  const shut = () => {
    forget();
    form.classList.remove("open", "afloat");
    panel.hidden = true;
    reader.before = undefined;
  };
  // Back to where “/” was pressed, else to the field.
  const leave = () => {
    const { before } = reader;
    shut();
    if (before === document.body) document.activeElement.blur();
    else (before?.isConnected ? before : input).focus({ preventScroll: true });
  };

  const show = async (text) => {
    open();
    const query = text.trim();
    if (query === "") return view.clear();
    await view.search({ query });
    panel.scrollTop = 0;
  };
  const { now: search, forget } = follow(input, reader, show);

  input.addEventListener("focus", () => client.warm());
  input.addEventListener("click", () => {
    open();
    search();
  });
  form.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && client.warm());
  form.addEventListener("keydown", (event) => {
    if (composes(event)) return;
    if (event.key === "Escape" && form.classList.contains("open")) {
      event.preventDefault();
      leave();
    } else {
      if (event.key === "ArrowDown") open();
      walk(event, input, panel);
    }
  });
  form.addEventListener("submit", (event) => {
    if (input.value.trim() === "") event.preventDefault();
  });
  form.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !form.contains(to)) shut();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!form.contains(target)) shut();
  });
  close.addEventListener("click", () => {
    shut();
    document.activeElement.blur();
  });

  // The reader is here already.
  client.warm();
  if (document.activeElement === input) open();
  if (input.value) search();
};
