// ZIP 压缩包 (APPNOTE 6.3): what people are sent is often several documents packed together. Nothing of it is trusted,
// neither its names nor the sizes that it states.

import { tr } from "../tr.js";

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [STORED, DEFLATED] = [0, 8];
// How long the head of a file, its entry in the directory, and the end of the directory are; a comment of this many bytes
// may follow it.
const [LOCAL_LENGTH, ENTRY_LENGTH, TAIL] = [30, 46, 22];
const COMMENT = 0xffff;
// A file with a password.
const LOCKED = 1;
const MARKS = ["[Content_Types].xml", "OFD.xml", "mimetype"];
// What systems leave beside documents, as `zhengku import` knows it.
const LITTER = /^(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx$)/i;

// Browsers of some years ago have nothing that unpacks.
const able = () => typeof DecompressionStream === "function";

// Archivers write names in UTF-8 or, on Chinese systems, in GBK, and rarely say which.
const name = (raw) => {
  const read = (encoding) => new TextDecoder(encoding, { fatal: true }).decode(raw);
  let text;
  try {
    text = read("utf-8");
  } catch {
    text = new TextDecoder("gb18030").decode(raw);
  }
  const parts = text.replaceAll("\\", "/").split("/");
  return parts.filter((part, i) => i === parts.length - 1 || !["", ".", ".."].includes(part)).join("/");
};

// What cannot be had is refused as any other file is.
const refused = () => Object.assign(new Error(), { reason: [tr("read.packed_closed"), tr("read.packed_help")] });

// The bytes of a stream; no more of them than are allowed.
const gathered = async (stream, most) => {
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    if (size > most) {
      reader.cancel();
      throw refused();
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

// Where the directory of an archive stands; undefined where there is none.
const directory = (archive) => {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - TAIL;
  const first = Math.max(0, end - COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end -= 1;
  return end < first ? undefined : view.getUint32(end + 16, true);
};

// Its entries: [{ name, flags, method, packed, start }].
const entries = (archive) => {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const found = [];
  let at = directory(archive) ?? archive.length;
  while (at + ENTRY_LENGTH <= archive.length && view.getUint32(at, true) === ENTRY) {
    const [flags, method] = [8, 10].map((place) => view.getUint16(at + place, true));
    const [length, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const [packed, start] = [20, 42].map((place) => view.getUint32(at + place, true));
    const from = at + ENTRY_LENGTH;
    found.push({ name: name(archive.subarray(from, from + length)), flags, method, packed, start });
    at = from + length + extra + comment;
  }
  return found;
};

// True for a ZIP that is no office file: those say so by a file of a name that their standard gives.
export const isArchive = (bytes) => {
  const signed = bytes[0] === 0x50 && bytes[1] === 0x4b && able() && directory(bytes) !== undefined;
  return signed && !entries(bytes).some((entry) => MARKS.includes(entry.name));
};

// The files in an archive: [{ name, bytes }], where `bytes` unpacks one, up to `most` bytes.
export const files = (archive, most) => {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const unpack = async ({ flags, method, packed, start }) => {
    const is = start + LOCAL_LENGTH <= archive.length && view.getUint32(start, true) === LOCAL;
    if (!is || flags & LOCKED || ![STORED, DEFLATED].includes(method)) throw refused();
    const from = start + LOCAL_LENGTH + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const part = archive.slice(from, from + packed);
    if (method === STORED) return part;
    try {
      return await gathered(new Blob([part]).stream().pipeThrough(new DecompressionStream("deflate-raw")), most);
    } catch {
      throw refused();
    }
  };
  return entries(archive)
    .filter((entry) => entry.name && !entry.name.endsWith("/") && !entry.name.split("/").some((part) => LITTER.test(part)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => ({ name: entry.name, bytes: () => unpack(entry) }));
};
