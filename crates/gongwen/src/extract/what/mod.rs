//! 要做什么: dated goals with their indicators, duties, and the promises of replies.

mod clause;
pub mod commitment;
pub mod duty;
pub mod indicator;
pub mod target;

pub use commitment::Commitment;
pub use duty::Duty;
pub use indicator::{Indicator, Op};
pub use target::Target;
