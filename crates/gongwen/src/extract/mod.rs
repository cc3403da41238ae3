//! 摘取: what a document says, each finding with the span of its words.
//!
//! A room for each kind of finding. They read a [`crate::Document`] and its [`crate::Outline`] and know nothing of
//! other documents, registries or sites; `findings` puts them together.

pub mod deadline;
