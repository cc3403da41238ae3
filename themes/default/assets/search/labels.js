// What the interface calls kinds of task, the parts that organs play, and progress, by their keys in the data; and how it
// writes the path of a clause.

import { tr } from "./tr.js";

export const KINDS = {
  assignment: tr("kind.assignment"),
  target: tr("kind.target"),
  duty: tr("kind.duty"),
  commitment: tr("kind.commitment"),
};

export const ROLES = {
  lead: tr("role.lead"),
  joint: tr("role.joint"),
  support: tr("role.support"),
  implement: tr("role.implement"),
  actor: tr("role.actor"),
};

// Where room is short.
export const SHORT = {
  lead: tr("role_short.lead"),
  joint: tr("role_short.joint"),
  support: tr("role_short.support"),
  implement: tr("role_short.implement"),
  actor: tr("role_short.actor"),
  responsible: tr("role.responsible"),
};

export const STATES = {
  done: tr("state.done"),
  underway: tr("state.underway"),
  unseen: tr("state.unseen"),
};

// 三/（一） as people cite it: 三（一）; 附件/1: 附件 1.
export const cited = (path) =>
  path.split("/").reduce((shown, part) => shown + (shown && !/^[（(]/.test(part) ? " " : "") + part, "");
