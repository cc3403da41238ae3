//! What the built program does, in one binary of tests. Sites to work on and the exact texts stand in `cases/`;
//! `SNAPSHOTS=overwrite` writes the texts anew.

mod cli;
mod site;
mod support {
    pub mod driver;
    pub mod links;
    pub mod printed;
}
