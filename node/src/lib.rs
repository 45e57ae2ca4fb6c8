//! The node of Madang.
//!
//! - [`cli`] and [`command`]: what the command line offers, and what each part of it does.
//! - [`chain_spec`]: the chains that the node knows by name, and chains from files.
//! - [`service`]: how client, network, block production and finality are put together.
//! - [`metrics`]: what the chain itself has to tell Prometheus.
//! - [`compiler`]: what turns runtimes into machine code, and does it before they come into force.
//! - [`rpc`]: the JSON-RPC methods beyond the usual ones, `metaverse_*` and `land_*`.
//! - [`welcome`]: what a development chain prints once it listens.
//! - `collator`, with the feature of that name: the node of the parachain.
//!
//! Blocks are made with Aura every two seconds and finalized with GRANDPA. The database is
//! ParityDB. The library exists so that tests and benchmarks can reach these parts; the program is
//! `madang`.

// The errors of the SDK are large and come up on start only.
#![allow(clippy::result_large_err)]

pub mod chain_spec;
pub mod cli;
#[cfg(feature = "collator")]
pub mod collator;
pub mod command;
pub mod compiler;
pub mod metrics;
pub mod rpc;
pub mod service;
pub mod welcome;

pub use command::run;
