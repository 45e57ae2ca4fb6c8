//! What a validator needs that has 100,000 parcels: resident memory, with and without them, and after a
//! restart.

use std::time::Duration;

use madang_client::calls;
use madang_network::{must, network::Network, node::Node, Error, Outcome};
use madang_primitives::{
	geometry::{Area, Size},
	MetaverseId,
};
use madang_report::{figures::grouped, Bound, Part, Table};
use madang_runtime::{AccountId, RuntimeCall};
use serde_json::json;

use crate::{
	ground::Ground,
	keeping,
	kind::Kind,
	senders::accounts,
	stage::{Builder, BUILDER_MONEY},
	throughput::MONEY,
};

/// Width and height of the territories: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Territories.
const WORLDS: usize = 2;

/// Width and height of a parcel.
const PARCEL_SIDE: u16 = 2;

/// Parcels in a row of a territory.
const IN_A_ROW: usize = (WORLD_SIDE / PARCEL_SIDE) as usize;

/// Accounts that own the parcels.
const OWNERS: u32 = 1_000;

/// Claims in one transaction, of which ten fit into a block.
const BATCH: usize = 100;

/// Blocks that are made before memory is looked at.
const BLOCKS: u64 = 10;

/// Most that these blocks, or a start, may take.
const LIMIT: Duration = Duration::from_secs(120);

/// Most MiB of a validator with 100,000 parcels.
const TARGET: f64 = 600.0;

/// Memory of a node at one moment, in MiB.
struct Memory {
	/// What is resident.
	now: f64,
	/// How much of that are pages of files.
	files: f64,
	/// The most that was, since the start.
	peak: f64,
}

/// Measures everything.
pub fn measure(dry: bool) -> Outcome<Part> {
	let parcels = if dry { 1_000 } else { 100_000 };
	let mut ground = Ground::of("dev")?;
	let worlds = (0..WORLDS)
		.map(|number| {
			let side = Size::new(WORLD_SIDE, WORLD_SIDE);
			ground.found(&Builder::account(), &format!("load-{number}"), side)
		})
		.collect::<Outcome<Vec<_>>>()?;
	let owners = accounts(Kind::Land(worlds[0]), OWNERS);
	let network = ground
		.endow([Builder::account()], BUILDER_MONEY)?
		.endow(owners.clone(), MONEY)?
		.start(&["alice"])?;
	keeping(network, |network| {
		let empty = later(network)?;
		claim(&network.nodes[0], parcels, &worlds, &owners)?;
		let full = later(network)?;
		restart(network)?;
		let restarted = later(network)?;
		Ok(told(parcels, dry, &empty, &full, &restarted))
	})
}

/// The memory some blocks later.
fn later(network: &mut Network) -> Outcome<Memory> {
	let height = network.nodes[0].height()?;
	network.wait_for_finality(&[0], height.best + BLOCKS, LIMIT)?;
	let node = &network.nodes[0];
	let mebibytes = |bytes: Option<u64>| {
		bytes
			.map(|bytes| bytes as f64 / (1024.0 * 1024.0))
			.ok_or_else(|| {
				Error::Impossible("the system does not tell the memory of a process".into())
			})
	};
	Ok(Memory {
		now: mebibytes(node.memory())?,
		files: mebibytes(node.memory_of_files())?,
		peak: mebibytes(node.peak_memory())?,
	})
}

/// Has parcels claimed, and checks that they are there.
fn claim(node: &Node, parcels: usize, worlds: &[MetaverseId], owners: &[AccountId]) -> Outcome<()> {
	eprintln!(
		"claiming {} parcels; this takes minutes",
		grouped(parcels as u64)
	);
	let before = claimed(node)?;
	let grants = (0..parcels).map(|number| grant_of(number, worlds, owners));
	Builder::new(node.genesis()?).make(node.rpc_address(), grants, BATCH)?;
	let cells = claimed(node)? - before;
	let expected = parcels as u64 * u64::from(PARCEL_SIDE) * u64::from(PARCEL_SIDE);
	must(cells == expected, || {
		format!("{cells} cells were claimed instead of {expected}")
	})
}

/// Cells that are claimed on the whole chain.
fn claimed(node: &Node) -> Outcome<u64> {
	let supply = node.call("land_supply", json!([]))?;
	supply["claimed"]
		.as_u64()
		.ok_or_else(|| Error::Broken(format!("land_supply tells no cells: {supply}")))
}

/// Gives a parcel to one of its owners.
fn grant_of(number: usize, worlds: &[MetaverseId], owners: &[AccountId]) -> RuntimeCall {
	let (world, place) = (
		number / (IN_A_ROW * IN_A_ROW),
		number % (IN_A_ROW * IN_A_ROW),
	);
	let at = |line: usize| line as u16 * PARCEL_SIDE;
	let area = Area::new(
		at(place % IN_A_ROW),
		at(place / IN_A_ROW),
		PARCEL_SIDE,
		PARCEL_SIDE,
	);
	calls::claim_for(worlds[world], area, &owners[number % owners.len()])
}

fn restart(network: &mut Network) -> Outcome<()> {
	network.nodes[0].stop()?;
	network.nodes[0].start()?;
	network.wait(LIMIT, "answer after the restart", |network| {
		network.nodes[0].height().is_ok()
	})?;
	Ok(())
}

fn told(parcels: usize, dry: bool, empty: &Memory, full: &Memory, restarted: &Memory) -> Part {
	let parcels = grouped(parcels as u64);
	let mut table = Table::new(
		"Memory of a validator",
		[
			"chain",
			"resident, MiB",
			"of these pages of files, MiB",
			"most since the start, MiB",
		],
	);
	for (chain, memory) in [
		("no parcels of ours".to_string(), empty),
		(format!("{parcels} parcels"), full),
		(format!("{parcels} parcels, started again"), restarted),
	] {
		table.row([
			chain,
			format!("{:.0}", memory.now),
			format!("{:.0}", memory.files),
			format!("{:.0}", memory.peak),
		]);
	}
	let mut part = Part::new("memory");
	part.table(table);
	part.note(format!(
		"One validator with ParityDB and the settings of the node. The parcels are of {PARCEL_SIDE} x \
		 {PARCEL_SIDE} cells and belong to {} accounts; they are claimed in transactions of {BATCH} claims, in \
		 full blocks. Memory is looked at {BLOCKS} final blocks later, as the system tells it (`VmRSS`, \
		 `RssFile`, `VmHWM`). The system takes pages of files back when it needs room.",
		grouped(OWNERS.into())
	));
	if !dry {
		part.target(
			format!("resident memory of a validator with {parcels} parcels, MiB"),
			full.now.max(restarted.now),
			Bound::AtMost(TARGET),
		);
	}
	part
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use std::collections::HashSet;

	#[test]
	fn all_parcels_have_a_place_of_their_own() {
		const PARCELS: usize = 100_000;
		let owners = accounts(Kind::Land(0), 1);
		let places: HashSet<_> = (0..PARCELS)
			.map(|number| grant_of(number, &[3, 4], &owners).encode())
			.collect();
		assert_eq!(places.len(), PARCELS);
	}
}
