//! The engine as a caller meets it: documents in, answers out.

mod answers;
mod delivery;
mod determinism;
mod hostile;
mod kept;
mod recall;
mod records;
mod support;
