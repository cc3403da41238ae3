// The counts that narrow a search: a group of boxes for each field, and the chosen ones above the results.

import { element } from "./dom.js";
import { tr, zh } from "./tr.js";

// How many values of a field are shown before the reader asks for all.
const FEW = 8;

const box = (field, value, count, checked, toggle) =>
  element(
    "label",
    { class: "filter-value" },
    element("input", { type: "checkbox", name: field, value, checked, onchange: () => toggle(field, value) }),
    element("span", { class: "value", lang: zh }, value),
    count === undefined ? undefined : element("span", { class: "count" }, String(count)),
  );

// A group for each of `facets` ([{ field, values: [[value, count]] }]) that leaves a choice. `chosen` holds
// [field, value], `label` names a field, `toggle(field, value)` chooses or drops a value.
export const groups = (facets, chosen, label, toggle) =>
  facets.flatMap(({ field, values }) => {
    const mine = chosen.filter(([name]) => name === field).map(([, value]) => value);
    const counts = new Map(values);
    // Years stand in the order of time, the rest by how many there are.
    if (values.every(([value]) => /^\d{4}$/.test(value))) values.sort(([a], [b]) => b - a);
    // What is chosen stays to be dropped, even where nothing is left of it.
    const all = [...mine.filter((value) => !counts.has(value)).map((value) => [value, 0]), ...values];
    if (all.length < 2 && !mine.length) return [];
    const boxes = all.map(([value, count]) => box(field, value, count, mine.includes(value), toggle));
    const few = boxes.slice(0, FEW);
    const rest = boxes.slice(FEW);
    const more = rest.length
      ? element(
          "details",
          { class: "more-values", open: all.slice(FEW).some(([value]) => mine.includes(value)) },
          element("summary", {}, tr("search.more_values", { n: rest.length })),
          ...rest,
        )
      : undefined;
    return [element("fieldset", { class: "filter-group" }, element("legend", {}, label(field)), ...few, more)];
  });

// A button for each chosen value that drops it.
export const chips = (chosen, label, toggle) =>
  chosen.map(([field, value]) =>
    element(
      "button",
      {
        type: "button",
        class: "chosen",
        "aria-label": tr("search.remove_filter", { field: label(field), value }),
        onclick: () => toggle(field, value),
      },
      label(field),
      tr("list.colon"),
      element("span", { lang: zh }, value),
    ),
  );
