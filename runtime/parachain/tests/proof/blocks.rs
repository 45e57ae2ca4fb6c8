//! Blocks of our calls are valid, and what they cost is what they say.

use std::time::Duration;

use crate::{
	accounts::person,
	bundle::{Bundle, Sizes},
	calls,
	chain::Chain,
	pvf::validate,
	relay::head_of,
	stage::{Deed, Size, Stage},
	table::{self, Row},
};

/// Enough to fill three blocks with anything.
const FULL: Size = Size {
	people: 6_000,
	territories: 24,
	campaigns: 1_500,
};

/// Validates a bundle, which must come to the same head, and tells what the proof comes to and how long
/// it took.
fn validated(bundle: &Bundle) -> (Sizes, Duration) {
	let candidate = bundle.candidate();
	let (result, took) = validate(&candidate).expect("the blocks are valid");
	assert_eq!(result.head_data, head_of(bundle.after.head()));
	assert_eq!(result.hrmp_watermark, candidate.relay_parent_number);
	assert_eq!(result.processed_downward_messages, 0);
	assert_eq!(result.new_validation_code, None);
	(candidate.sizes, took)
}

/// Every block of a chain with so many cores is valid, and bundles follow each other.
fn blocks_follow(cores: u16, blocks: u8) {
	let mut chain = Chain::new(cores, (0..2).map(|number| person(number).account));
	for number in 0..8 {
		let payments = (0..number).map(|_| (person(0), calls::pay(person(1).account)));
		let bundle = chain.bundle(blocks, payments);
		assert!(!bundle.is_full);
		assert_eq!(bundle.costs().count(), number);
		validated(&bundle);
		chain = bundle.after;
	}
	assert_eq!(chain.head().number, 8 * u32::from(blocks));
}

#[test]
fn three_blocks_share_a_core() {
	blocks_follow(1, 3);
}

#[test]
fn each_block_has_a_core() {
	blocks_follow(3, 1);
}

#[test]
fn blocks_of_our_calls_are_valid_and_their_proofs_no_longer_than_counted() {
	let stage = Stage::new(FULL);
	let shared = stage.chain.with_cores(1);
	let nothing = shared.bundle(1, []);
	let empty = [&nothing, &shared.bundle(3, [])].map(|bundle| validated(bundle).0.nodes);
	let row = |name: String, bundle: &Bundle| {
		let (sizes, took) = validated(bundle);
		let empty = empty[usize::from(bundle.blocks.len() > 1)];
		Row::new(name, bundle, sizes, empty, took)
	};
	let full = |name: String, bundle: Bundle| {
		assert!(bundle.is_full, "{name}: there is room for more");
		row(format!("{name}, full"), &bundle)
	};

	let mut rows = vec![row("nothing".into(), &nothing)];
	for deed in Deed::ALL {
		let alone = shared.bundle(1, stage.all(deed).take(1));
		rows.push(row(deed.name().into(), &alone));
	}
	for deed in Deed::ALL {
		rows.push(full(deed.name().into(), shared.bundle(3, stage.all(deed))));
	}
	rows.push(full("all in turn".into(), shared.bundle(3, stage.mixed())));
	let whole = stage.chain.with_cores(3).bundle(1, stage.mixed());
	rows.push(full("all in turn, a core for one block".into(), whole));

	table::head();
	rows.iter().for_each(Row::print);
	let faults: Vec<_> = rows.iter().flat_map(Row::faults).collect();
	assert!(faults.is_empty(), "{}", faults.join("\n"));
}
