// Elements from JavaScript. Text is always text, never markup.

export const element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
};

// `text` with the stretches `marks` ([start, end] in UTF-16 units) as <mark>.
export const marked = (text, marks) => {
  const parts = document.createDocumentFragment();
  let at = 0;
  for (const [start, end] of marks) {
    parts.append(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  parts.append(text.slice(at));
  return parts;
};
