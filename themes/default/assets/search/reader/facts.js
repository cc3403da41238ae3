// 公文要素: the metadata of a document as lines of a table, in the order of `zhengku show`.

const list = (names) => names?.join("、");

const LINES = [
  ["发文字号", ({ number }) => number],
  ["文种", ({ kind }) => kind],
  ["发文机关", ({ issuers }) => list(issuers)],
  ["成文日期", ({ date }) => date],
  ["发布日期", ({ published }) => published],
  ["有效性", ({ validity }) => validity],
  ["索引号", ({ index_no }) => index_no],
  ["主送机关", ({ addressees }) => list(addressees)],
  ["抄送机关", ({ cc }) => list(cc)],
  ["所附文件", ({ attached_title }) => attached_title],
  ["届次", ({ reply }) => reply?.session],
  ["建议编号", ({ reply }) => reply?.proposal_no],
  ["建议标题", ({ reply }) => reply?.proposal_title],
  ["代表委员", ({ reply }) => reply && list(reply.deputies) + (reply.and_others ? "等" : "")],
  ["联系人", ({ contact }) => contact && `${contact.name} ${contact.phone}`],
  ["印发机关", ({ printed_by }) => printed_by],
  ["印发日期", ({ printed_date }) => printed_date],
  ["公开形式", ({ disclosure }) => disclosure],
];

// [label, text] of what there is.
export const facts = ({ meta, validity }) => {
  const stated = validity.map(({ fixes, date, text }) => [fixes, date ? `${date}（${text}）` : text]);
  return [...LINES.map(([label, of]) => [label, of(meta)]), ...stated].filter(([, text]) => text);
};
