//! Claims on a chain with more and more claimed land.

use madang_client::{calls, chain::account_of};
use madang_primitives::{
	geometry::{Area, Size},
	land::SalePolicy,
	Balance, MetaverseId,
};
use madang_runtime::{Land, Runtime};
use madang_runtime_common::units::MILLI;
use sp_core::sr25519::Pair;
use sp_keyring::Sr25519Keyring;

use crate::{
	lab::genesis,
	measure::{each, signers, Stage},
	topic::{Call, Topic},
};

/// Claims of a single cell, with more and more cells claimed.
pub const TOPIC: Topic = Topic {
	name: "growth-land",
	growing: "cells claimed",
	sizes: [1_000, 10_000, 100_000, 1_000_000],
	calls: &[Call {
		name: "land.claim",
		target: Some(1.3),
	}],
	stage,
	note: "Land: the claimed cells are parcels of 10 x 10, one beside the other, in up to four \
		   territories of 512 x 512; the roads of the towns come on top. A hundred buyers claim a \
		   cell each at an open sale, at the edge of the first territory. Where many cells are \
		   claimed their chunks are nearly full, where few are they are empty, and that counts too.",
};

/// Who founds everything.
const OWNER: Sr25519Keyring = Sr25519Keyring::Alice;

/// Territories in which parcels are claimed.
const WORLDS: usize = 4;

/// Width and height of the territories: the largest that can be founded.
const WORLD_SIDE: u16 = 512;

/// Width and height of the parcels in them.
const PARCEL_SIDE: u16 = 10;

/// Cells of such a parcel.
const PARCEL_CELLS: u32 = (PARCEL_SIDE as u32) * (PARCEL_SIDE as u32);

/// Parcels in one row of a territory, which leaves its last two columns free.
const IN_A_ROW: u32 = (WORLD_SIDE / PARCEL_SIDE) as u32;

fn stage(cells: u32) -> Stage {
	let buyers = signers(0);
	let (spec, world) = genesis::grown(|| settle(cells, &buyers));
	let mut stage = Stage::on(&spec);
	stage.prepare(each(&buyers, |number| {
		calls::claim(world, margin(number), Balance::MAX)
	}));
	stage
}

/// Claims so many cells, and tells where buyers may claim more.
fn settle(cells: u32, buyers: &[Pair]) -> MetaverseId {
	for buyer in buyers {
		genesis::endow(&account_of(buyer));
	}
	let size = Size::new(WORLD_SIDE, WORLD_SIDE);
	let worlds: Vec<MetaverseId> = (0..WORLDS)
		.map(|number| genesis::found(OWNER, &format!("bench-{number}"), size))
		.collect();
	let roads = claimed();
	for number in 0..cells / PARCEL_CELLS {
		let (world, area) = parcel(number);
		Land::claim(genesis::signed(OWNER), worlds[world], area, Balance::MAX)
			.expect("the place is free");
	}
	assert_eq!(claimed() - roads, u64::from(cells), "cells make up parcels");

	let sale = SalePolicy::Open {
		price_per_cell: MILLI,
	};
	Land::set_sale(genesis::signed(OWNER), worlds[0], sale).expect("it is the owner's");
	worlds[0]
}

/// Cells that are claimed on the whole chain.
fn claimed() -> u64 {
	pallet_land::LandSupply::<Runtime>::get().claimed
}

/// Territory and place of a parcel.
fn parcel(number: u32) -> (usize, Area) {
	let in_a_world = IN_A_ROW * IN_A_ROW;
	let (world, place) = (number / in_a_world, number % in_a_world);
	let at = |line: u32| line as u16 * PARCEL_SIDE;
	let (x, y) = (at(place % IN_A_ROW), at(place / IN_A_ROW));
	(world as usize, Area::new(x, y, PARCEL_SIDE, PARCEL_SIDE))
}

/// Place of a single cell beside the parcels of the first territory.
fn margin(number: usize) -> Area {
	const APART: u16 = 5;
	Area::new(WORLD_SIDE - 2, number as u16 * APART, 1, 1)
}
