// Reads documents in a Web Worker: send { name, bytes }, receive { answer }, the JSON of crates/reader, or { crashed }. It
// says { ready } or { unloaded } once, before. After a crash the module is in no state to go on: whoever asked starts
// another worker.
import init, { read } from "./reader.js";

init({ module_or_path: new URL("reader_bg.wasm", import.meta.url) }).then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ unloaded: String(error.message ?? error) }),
);

self.onmessage = ({ data: { name, bytes } }) => {
  try {
    self.postMessage({ answer: read(name, bytes) });
  } catch (error) {
    self.postMessage({ crashed: String(error.message ?? error) });
  }
};
