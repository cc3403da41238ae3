// An Excel workbook (ECMA-376) of the shown tasks, cell for cell that of `zhengku obligations`: a sheet a kind, whose
// heading stays in sight and filters, and a last one that says by which question they were found. The parts are stored in
// the archive as they are: a table of some thousand rows needs no compression to be sent by mail.

import { DAY, PLACE, cells, forms, headings, widths } from "./cells.js";
import { FIELDS, shown as named } from "./state.js";

const LONGEST = 32767;
// Links that Excel allows in a sheet, and characters of one that it follows.
const LINKS = 65530;
const LINK = 2000;

const NOTES = [
  "“内容”“分工原文”照录文件原文，以文件原文为准。",
  "“责任归属”：原文没有写由谁负责，按所在条款、上级标题的分工或者答复机关归属。",
  "“待核”：识别没有把握，请对照原文看一看。",
];

const FIELD_NAMES = { organ: "机关", region: "地区", topic: "主题", year: "到期年份", quarter: "到期季度", document: "文件" };
const QUARTER = /^(\d{4})-(\d)$/;

// What was asked where no command asks it, in Chinese as the file is, whatever the page speaks.
export const inWords = (tasks, state) => {
  const called = (list, wanted) => list.find(([key]) => key === wanted)?.[1] ?? wanted;
  const value = (field, one) => {
    if (field === "kind") return called(tasks.kinds, one);
    if (field === "quarter") return one.replace(QUARTER, "$1年$2季度");
    return named(tasks, field, one);
  };
  const parts = [];
  if (state.q) parts.push(`含“${state.q}”`);
  if (state.role) parts.push(`分工：${called(tasks.roles, state.role)}`);
  for (const field of FIELDS) {
    const list = state[field].map((one) => value(field, one));
    if (list.length) parts.push(`${FIELD_NAMES[field] ?? "类别"}：${list.join("、")}`);
  }
  if (state.after) parts.push(`${state.after} 起到期`);
  if (state.before) parts.push(`${state.before} 及以前到期`);
  if (state.overdue) parts.push("已过期限");
  return parts.join("，");
};

// The same of what stands in one file.
export const inFile = (name) => `${name} 里的任务`;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};

// A ZIP archive (APPNOTE 6.3) of [name, text], with the first day that it can write for a time.
const archive = (files) => {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [encoder.encode(name), encoder.encode(text)];
    const record = (signature, extra) => {
      const header = new DataView(new ArrayBuffer(extra ? 46 : 30));
      let place = 0;
      const put = (value, size) => {
        if (size === 4) header.setUint32(place, value, true);
        else header.setUint16(place, value, true);
        place += size;
      };
      put(signature, 4);
      if (extra) put(20, 2);
      for (const value of [20, 0x800, 0, 0, 0x21]) put(value, 2);
      for (const value of [crc(bytes), bytes.length, bytes.length]) put(value, 4);
      put(path.length, 2);
      put(0, 2);
      if (extra) {
        for (const value of [0, 0, 0]) put(value, 2);
        put(0, 4);
        put(at, 4);
      }
      return new Uint8Array(header.buffer);
    };
    const local = record(0x04034b50, false);
    directory.push(record(0x02014b50, true), path);
    parts.push(local, path, bytes);
    at += local.length + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...directory, end.buffer], {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  });
};

// What XML cannot hold is left out.
const escaped = (text) =>
  [...text]
    .slice(0, LONGEST)
    .join("")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const column = (index) => (index < 26 ? "" : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

// The number of a day in Excel's calendar, which begins in 1900 with a day that there never was; NaN where it has none.
const serial = (day) => (day >= "1901" && day.length === 10 ? Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / 86400000) : NaN);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

// How cells look: numbers of cellXfs in STYLES.
const [TEXT, HEADING, DATED, LINKED, BOLD] = [1, 2, 3, 4, 5];
const font = (inner) => `<font>${inner}<sz val="11"/><name val="Calibri"/></font>`;
const top = (more, inner) => `<xf ${more} applyAlignment="1"><alignment vertical="top"${inner}/></xf>`;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts count="3">${font("")}${font("<b/>")}<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2EFE9"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/>${top("", ' wrapText="1"')}<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf>${top('numFmtId="164" applyNumberFormat="1"', ' horizontal="left"')}${top('fontId="2" applyFont="1"', ' wrapText="1"')}${top('fontId="1" applyFont="1"', "")}</cellXfs></styleSheet>`;

const inline = (at, text, style) =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const relations = (list) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([type, target, more = ""], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${escaped(target)}"${more}/>`)
    .join("")}</Relationships>`;

// The sheet of the tasks of a kind, with the columns that it has anything in, and what it links to.
const table = (tasks, rows) => {
  const lines = rows.map((row) => cells(tasks, row));
  // The sheet's name says the kind.
  const filled = headings.map((_, i) => i > 0 && lines.some((line) => line[i]));
  const shown = headings.map((_, i) => i).filter((i) => (filled.includes(true) ? filled[i] : i > 0));
  const links = [];
  const targets = [];
  const cell = (text, form, at, row, number) => {
    if (!text) return "";
    if (form === DAY && !Number.isNaN(serial(text))) return `<c r="${at}" s="${DATED}"><v>${serial(text)}</v></c>`;
    if (form !== PLACE) return inline(at, text, TEXT);
    const { number: of, document, path } = tasks.here(row);
    const words = `${of ?? document} ${path}`.trim();
    // Of a file that was read by itself there is no address.
    const href = URL.canParse(text) ? new URL(text).href : "";
    if (!href || number >= LINKS || href.length >= LINK) return inline(at, words, TEXT);
    const [target, place] = href.split("#");
    targets.push(["hyperlink", target, ' TargetMode="External"']);
    links.push(`<hyperlink ref="${at}" r:id="rId${targets.length}"${place ? ` location="${escaped(place)}"` : ""}/>`);
    return inline(at, words, LINKED);
  };
  const body = lines.map((line, n) => {
    const inner = shown.map((i, c) => cell(line[i], forms[i], `${column(c)}${n + 2}`, rows[n], n));
    return `<row r="${n + 2}">${inner.join("")}</row>`;
  });
  const head = `<row r="1">${shown.map((i, c) => inline(`${column(c)}1`, headings[i], HEADING)).join("")}</row>`;
  const columns = shown.map((i, c) => `<col min="${c + 1}" max="${c + 1}" width="${widths[i] + 0.7}" customWidth="1"/>`).join("");
  const end = `${column(shown.length - 1)}${rows.length + 1}`;
  const hyperlinks = links.length ? `<hyperlinks>${links.join("")}</hyperlinks>` : "";
  const sheet = `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${head}${body.join("")}</sheetData><autoFilter ref="A1:${end}"/>${hyperlinks}<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
  return { sheet, targets };
};

// The sheet that says where the others are from.
const about = (facts) => {
  const line = ([label, words], i) => `<row r="${i + 1}">${inline(`A${i + 1}`, label, BOLD)}${inline(`B${i + 1}`, words, TEXT)}</row>`;
  return {
    sheet: `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="8.7" customWidth="1"/><col min="2" max="2" width="100.7" customWidth="1"/></cols><sheetData>${facts.map(line).join("")}</sheetData></worksheet>`,
    targets: [],
  };
};

// The workbook of `rows`, which are those that `asked`, a command or the same in words, finds; `page` shows them.
export const workbook = (tasks, rows, asked, page) => {
  const kinds = tasks.kinds.map(([key, label]) => [label, rows.filter((row) => tasks.kind(row) === key)]).filter(([, list]) => list.length);
  const counts = kinds.map(([label, list]) => `${label} ${list.length} 项`).join("，");
  const facts = [["来源", tasks.title], ["网址", page], ["条件", asked], ["任务", counts], ...NOTES.map((note) => ["说明", note])];
  const sheets = [...kinds.map(([label, list]) => [label, table(tasks, list)]), ["说明", about(facts)]];
  const types = sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("");
  const named = sheets.map(([name], i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("");
  // Each heading is printed on every page.
  const repeated = kinds.map(([name], i) => `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$1:$1</definedName>`).join("");
  const parts = sheets.flatMap(([, { sheet, targets }], i) => {
    const part = [`xl/worksheets/sheet${i + 1}.xml`, sheet];
    return targets.length ? [part, [`xl/worksheets/_rels/sheet${i + 1}.xml.rels`, relations(targets)]] : [part];
  });
  const inside = [...sheets.map((_, i) => ["worksheet", `worksheets/sheet${i + 1}.xml`]), ["styles", "styles.xml"]];
  return archive([
    ["[Content_Types].xml", `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${types}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`],
    ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
    ["xl/workbook.xml", `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${named}</sheets><definedNames>${repeated}</definedNames></workbook>`],
    ["xl/_rels/workbook.xml.rels", relations(inside)],
    ["xl/styles.xml", STYLES],
    ...parts,
  ]);
};
