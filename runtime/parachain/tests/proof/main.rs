//! The runtime as validators of the relay chain execute it, without a relay chain.
//!
//! Blocks are built with the runtime's Wasm as a collator builds them, what was read becomes a compact
//! proof, and `validate_block` of the same Wasm gets nothing but blocks and proof, with the host functions
//! and limits of a validator. It must come to the head that was built, and refuse everything else.
//!
//! | where | what |
//! |---|---|
//! | [`blocks`] | blocks with each of our busiest calls, full blocks, and what their proofs come to |
//! | [`refusals`] | what is not valid |
//! | [`stage`], [`calls`] | what has happened before, and the calls |
//! | [`chain`], [`bundle`], [`draft`], [`wasm`], [`genesis`] | the collator: a chain in memory |
//! | [`relay`] | the relay chain, as far as a block sees it |
//! | [`pvf`] | the validator |
//! | [`table`] | what is printed |
//!
//! `cargo test --release --workspace --test proof -- --nocapture` prints the table.

mod accounts;
mod blocks;
mod bundle;
mod calls;
mod chain;
mod draft;
mod genesis;
mod listener;
mod pvf;
mod refusals;
mod relay;
mod stage;
mod table;
mod wasm;
