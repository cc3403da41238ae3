// The texts of the interface. A build puts the text of strings/ in the place of each key that `tr` is called with.

// Puts values into a text: `{name}`; of a pair of texts the one for 1 thing or for several, by `n`.
export const tr = (text, values = {}) =>
  (text.other ? (values.n === 1 ? text.one : text.other) : text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// The language of the page, and the `lang` of elements that hold words of documents; undefined where that is the same.
export const locale = document.documentElement.lang;
export const zh = locale === "zh-CN" ? undefined : "zh-CN";
