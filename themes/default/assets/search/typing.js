// When the reader has typed something to search for.

// How long the reader pauses before what stands there is searched for.
const PAUSE = 120;

// True for the keys of an input method: an Enter that confirms 拼音, an Esc that gives it up. 229 is what browsers report
// that end a composition before the key that ended it.
export const composes = (event) => event.isComposing || event.keyCode === 229;

// Calls `search` with what stands in `input`: after a pause, never while an input method is at work, and not twice for
// the same; start.js tells what the `reader` does. Returns `now`, which does so without the pause, and `forget`, for a
// reader who has left before the pause is over.
export const follow = (input, reader, search) => {
  let timer;
  let last;
  const now = () => {
    clearTimeout(timer);
    if (reader.composing || input.value === last) return;
    last = input.value;
    search(last);
  };
  const soon = () => {
    clearTimeout(timer);
    if (!reader.composing) timer = setTimeout(now, PAUSE);
  };
  for (const event of ["compositionstart", "compositionend", "input"]) input.addEventListener(event, soon);
  const forget = () => clearTimeout(timer);
  return { now, forget };
};
