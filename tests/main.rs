//! What the built program does, in one binary of tests. Sites to work on and the exact texts stand in `cases/`;
//! `SNAPSHOTS=overwrite` writes the texts anew.

mod assistants;
mod browser;
mod cli;
mod site;
mod support {
    pub mod chromium;
    pub mod driver;
    pub mod files;
    pub mod host;
    pub mod judges;
    pub mod links;
    pub mod printed;
    pub mod server;
}
