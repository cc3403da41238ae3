// Asks the compiled engine what a Web Worker would ask it: `node ask.mjs ENGINE_FOLDER INDEX_FOLDER`, a query a line on
// standard input, an answer a line on standard output.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [engine, index] = process.argv.slice(2);
const { default: init, Engine } = await import(pathToFileURL(path.join(engine, "engine.js")));
await init({ module_or_path: fs.readFileSync(path.join(engine, "engine_bg.wasm")) });
const { hot } = JSON.parse(fs.readFileSync(path.join(index, "index.json")));
const opened = new Engine(fs.readFileSync(path.join(index, hot)));
const queries = fs.readFileSync(0, "utf8").split("\n").filter((query) => query !== "");
for (const query of queries) {
  for (;;) {
    const text = opened.search(query, '{"facets":true}');
    const { missing } = JSON.parse(text);
    if (!missing) {
      console.log(text);
      break;
    }
    for (const name of missing) opened.supply(name, fs.readFileSync(path.join(index, "chunks", name)));
  }
}
