//! The whole way from texts to a site: what the repository's documents give, and what bad input gives.
//!
//! - `published`: the site of the five documents, its links, its bytes and its data
//! - `sources`: texts that `import` is given; `files`: content files and settings; `output`: folders, templates, a kill
//! - `in_force`: when instruments hold, and links inside a document; `reorganised`: organs through their reforms
//! - `lineage`: who carries what down
//! - `pages`: what stands on every kind of page, and in the data, of an invented city
//! - `feeds`: what can be subscribed to, and who leads where; `calendars`: what another program reads in the calendars
//! - `atom`: feeds by the rules; `heads`: what pages say to other programs, and what search engines find them by
//! - `workbook`: the tables as spreadsheets read them
//! - `progress`: what became of promises and tasks
//! - `themes`: themes, settings of the look, the page about the site
//! - `english`: an interface in English, and a site's own words
//! - `topics`: the pages of topics and comparisons
//! - `valid`: every page is valid HTML; `weight`: how many bytes a reader waits for
//! - `akn`: the texts beside the pages, and what programs are told of the site
//! - `anything`: damaged texts through the whole chain

mod akn;
mod anything;
mod atom;
mod calendars;
pub(crate) mod english;
mod feeds;
mod files;
mod heads;
mod in_force;
mod lineage;
mod output;
mod pages;
mod progress;
pub(crate) mod published;
mod reorganised;
mod sources;
mod themes;
mod topics;
mod valid;
mod weight;
mod workbook;
