//! Every benchmark of our pallets runs in this runtime, on the development chain, with its smallest
//! and its largest components, and finds what it expects to find.
#![cfg(feature = "runtime-benchmarks")]

mod common;

use frame_benchmarking::{BenchmarkParameter, Benchmarking};
use madang_runtime::{
	Attestation, Escrow, Land, Metaverse, Portal, RuntimeGenesisConfig, Upgrade, Validators,
};
use sc_client_db::BenchmarkingState;
use sp_runtime::{traits::BlakeTwo256, BuildStorage};
use sp_state_machine::{Ext, OverlayedChanges};

type Components = Vec<(BenchmarkParameter, u32)>;

fn run_all<Pallet: Benchmarking>(pallet: &str) {
	let genesis: RuntimeGenesisConfig =
		serde_json::from_slice(&common::genesis_json(Some("development")))
			.expect("the preset is complete");
	let storage = genesis.build_storage().expect("the genesis builds");
	// Benchmarks throw away what they did and begin again, which only this state can do.
	let state = BenchmarkingState::<BlakeTwo256>::new(storage, None, false, true)
		.expect("the state fits into memory");

	let benchmarks = Pallet::benchmarks(true);
	assert!(!benchmarks.is_empty(), "{pallet} has no benchmarks");
	for benchmark in benchmarks {
		let name = String::from_utf8_lossy(&benchmark.name);
		let components = benchmark.components.iter();
		let smallest: Components = components.clone().map(|(p, low, _)| (*p, *low)).collect();
		let largest: Components = components.map(|(p, _, high)| (*p, *high)).collect();
		for components in [smallest, largest] {
			let mut changes = OverlayedChanges::default();
			let mut chain = Ext::new(&mut changes, &state, None);
			let outcome = sp_externalities::set_and_run_with_externalities(&mut chain, || {
				Pallet::run_benchmark(&benchmark.name, &components, &[], true, 1)
			});
			if let Err(error) = outcome {
				panic!("{pallet}.{name} with {components:?}: {error:?}");
			}
		}
	}
}

#[test]
fn metaverse_benchmarks_run() {
	run_all::<Metaverse>("metaverse");
}

#[test]
fn land_benchmarks_run() {
	run_all::<Land>("land");
}

#[test]
fn escrow_benchmarks_run() {
	run_all::<Escrow>("escrow");
}

#[test]
fn portal_benchmarks_run() {
	run_all::<Portal>("portal");
}

#[test]
fn attestation_benchmarks_run() {
	run_all::<Attestation>("attestation");
}

#[test]
fn validators_benchmarks_run() {
	run_all::<Validators>("validators");
}

#[test]
fn upgrade_benchmarks_run() {
	run_all::<Upgrade>("upgrade");
}
