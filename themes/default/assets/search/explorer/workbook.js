// An Excel workbook (ECMA-376) of the shown tasks: one sheet whose heading stays in sight and filters. The parts are
// stored in the archive as they are: a table of some thousand rows needs no compression to be sent by mail.

import { cells, headings, widths } from "./cells.js";

const LONGEST = 32767;

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
  text
    .slice(0, LONGEST)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const column = (index) => (index < 26 ? "" : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export const workbook = (tasks, rows) => {
  const line = (list, number, style) =>
    `<row r="${number}">${list
      .map((text, i) => text && `<c r="${column(i)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`)
      .join("")}</row>`;
  const body = rows.map((row, i) => line(cells(tasks, row), i + 2, 1)).join("");
  const end = column(headings.length - 1);
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width + 0.7}" customWidth="1"/>`).join("");
  const sheet = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${line(headings, 1, 2)}${body}</sheetData><autoFilter ref="A1:${end}${rows.length + 1}"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
  const styles = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2EFE9"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf></cellXfs></styleSheet>`;
  return archive([
    ["[Content_Types].xml", `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`],
    ["_rels/.rels", `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="任务" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", styles],
    ["xl/worksheets/sheet1.xml", sheet],
  ]);
};
