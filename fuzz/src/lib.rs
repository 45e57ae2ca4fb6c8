//! A fuzzer of the whole runtime.
//!
//! It lives lives: a chain in memory that begins with the development preset, on which some hundred
//! blocks are made with calls in them from signed transactions, from root, from the council and from
//! nobody. After every block everything that must be so is checked ([`invariants`]), a naive model of
//! land and campaigns follows along ([`model`]), and every call is looked at while it is dispatched
//! ([`chain`]): no panic, no weight above the declared one, no fee above the quoted one, nothing left
//! of a transaction that was refused.
//!
//! | where | what |
//! |---|---|
//! | [`step`] | what can happen in a life; an input is a list of these, in a file |
//! | [`generator`] | makes up lives from a seed, with the choices of [`calls`] |
//! | [`life`] | lives one |
//! | [`filter`] | what is left out, and why |
//! | [`shrink`] | makes a failing input short |
//! | [`run`] | runs many, counts, and says whether that was enough |
//!
//! `docs/fuzzing.md` says how to use it.

pub mod calls;
pub mod chain;
pub mod dice;
pub mod failure;
pub mod filter;
pub mod generator;
pub mod invariants;
pub mod life;
pub mod model;
pub mod people;
pub mod run;
pub mod shrink;
pub mod stats;
pub mod step;
pub mod world;
