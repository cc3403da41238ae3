// 公文要素: the metadata of a document as lines of a table, in the order of `zhengku show`.

import { tr } from "../tr.js";

const list = (names) => names?.join("、");

const LINES = [
  [tr("fact.number"), ({ number }) => number],
  [tr("fact.kind"), ({ kind }) => kind],
  [tr("fact.issuers"), ({ issuers }) => list(issuers)],
  [tr("fact.date"), ({ date }) => date],
  [tr("fact.published"), ({ published }) => published],
  [tr("read.validity"), ({ validity }) => validity],
  [tr("fact.index_no"), ({ index_no }) => index_no],
  [tr("fact.addressees"), ({ addressees }) => list(addressees)],
  [tr("fact.cc"), ({ cc }) => list(cc)],
  [tr("fact.attached"), ({ attached_title }) => attached_title],
  [tr("fact.session"), ({ reply }) => reply?.session],
  [tr("fact.proposal_no"), ({ reply }) => reply?.proposal_no],
  [tr("fact.proposal_title"), ({ reply }) => reply?.proposal_title],
  [tr("fact.deputies"), ({ reply }) => reply && list(reply.deputies) + (reply.and_others ? "等" : "")],
  [tr("fact.contact"), ({ contact }) => contact && `${contact.name} ${contact.phone}`],
  [tr("fact.printed_by"), ({ printed_by }) => printed_by],
  [tr("fact.printed_date"), ({ printed_date }) => printed_date],
  [tr("fact.disclosure"), ({ disclosure }) => disclosure],
];

// [label, text] of what there is.
export const facts = ({ meta, validity }) => {
  const stated = validity.map(({ fixes, date, text }) => [fixes, date ? `${date}（${text}）` : text]);
  return [...LINES.map(([label, of]) => [label, of(meta)]), ...stated].filter(([, text]) => text);
};
