//! 引用: the instruments that a text names, the places of itself that it points at, and when it takes effect.

pub mod citation;
pub mod reference;
pub mod validity;

pub use citation::{Citation, Relation};
pub use reference::Reference;
pub use validity::Validity;
