// What the interface calls kinds of task, the parts that organs play, and progress, by their keys in the data.

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
