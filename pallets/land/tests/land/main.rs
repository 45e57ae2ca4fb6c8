//! Tests of land on real pallets: balances, nfts and the registry of metaverses.
//!
//! One module per call or concern. Every test ends with all state checks of the mock runtime.

mod claim;
mod content;
mod deposits;
mod eaten;
mod grow;
mod model;
mod price;
mod queries;
mod reshape;
mod roads;
mod sale;
mod supply;
mod support;
mod trade;
