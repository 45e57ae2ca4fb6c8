//! Messages of other chains, executed as this chain executes them.

#[path = "../common/mod.rs"]
mod common;
mod support;

mod campaign;
mod fees;
mod ids;
mod incoming;
mod outgoing;
mod refused;
mod transact;
