//! Tests of escrow on real pallets: balances, assets with holds, nfts, metaverses and attestations.
//!
//! One module per call or concern, in the order of a campaign's life. Every test ends with all state
//! checks of the mock runtime, which recount the books of every campaign. Where money moves, a test
//! runs once in the native token and once in an asset.

mod abandon;
mod advance;
mod amend;
mod attacks;
mod cancel;
mod claims;
mod close;
mod commit;
mod create;
mod disputes;
mod early_close;
mod extension;
mod grace;
mod milestones;
mod money_edges;
mod no_confidence;
mod open;
mod policies;
mod queries;
mod receipts;
mod revenue;
mod support;
mod transitions;
mod withdraw;
