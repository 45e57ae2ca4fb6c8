//! A world's server for the Inter-World Portaling System (IWPS).
//!
//! Another world asks it two things about a visitor: *may they come?* (Query) and *they are coming*
//! (Teleport). It answers with what is on chain: whether the portal carries visitors and leads here,
//! and whether the visitor has a pass for it. The chapter on IWPS in `docs/portal.md` has both messages
//! field by field, and says what of the specification is not covered.
//!
//! - [`options`]: what the operator decides.
//! - [`server`]: listens, and answers over HTTP.
//! - [`message`]: the two messages, and what is wrong with others.
//! - [`gate`]: who may come, by what the chain says.
//! - [`statement`]: what a visitor signs, so that nobody else uses the pass.
//! - [`memory`]: who has announced a visit; bounded.
//! - [`node`]: the connection to the chain.
//! - [`callback`]: tells the world of origin how it went, where the operator allows that.

pub mod callback;
pub mod gate;
pub mod memory;
pub mod message;
pub mod node;
pub mod options;
pub mod server;
pub mod statement;
