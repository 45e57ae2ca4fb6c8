//! A client from outside the node.
//!
//! Nothing in here knows more than any other program could: it signs transactions with the chain's
//! own types, sends them over WebSocket, and reads back over JSON-RPC.
//!
//! - [`chain`]: one connection; sends signed transactions and waits until a block has them.
//! - [`signing`]: turns a call into a signed transaction, without asking anybody.
//! - [`calls`] builds the calls, [`answers`] reads what the queries answer, [`money`] writes amounts.
//! - [`story`]: what is to happen, read from a file and checked before anything is sent.
//! - [`player`]: plays a story, goes on where an earlier run stopped, and compares the chain with it.
//! - [`map`]: draws a territory as a picture and as text.
//! - [`campaign`]: plays funding campaigns to their end and accounts for every unit of their money.
//! - [`street`]: opens portals from plots in a town, and sends visitors through.

pub mod answers;
pub mod calls;
pub mod campaign;
pub mod chain;
pub mod map;
pub mod money;
pub mod player;
pub mod signing;
pub mod story;
pub mod street;
