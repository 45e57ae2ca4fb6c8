//! Tests of portals on real pallets: balances, assets with holds, nfts, land and metaverses.
//!
//! One module per call or concern, in the order of a portal's life. Every test ends with all state
//! checks of the mock runtime. Where money moves, a test runs once in the native token and once in an
//! asset.

mod accept;
mod access;
mod affirm;
mod amend;
mod attacks;
mod close;
mod codec;
mod deposits;
mod external;
mod land;
mod passes;
mod pause;
mod propose;
mod queries;
mod rate;
mod route;
mod support;
mod time;
mod tolls;
mod towns;
mod travel;
