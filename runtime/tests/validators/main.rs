//! The validator set changes by the council and by bonded candidacy, at the borders of sessions; bonds
//! come back after a while and to the unit, unless their owner equivocated.

#[path = "../common/mod.rs"]
mod common;

mod bonds;
mod book;
mod equivocation;
mod set;
mod support;
