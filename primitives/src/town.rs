//! The street plan of the towns; pure arithmetic without storage.
//!
//! Genesis makes parcels of the roads, which belong to the town itself; what lies between them are
//! plots, which are free. A plot is a proposal: the chain knows no plots, and whoever wants half of
//! one claims half of it. `docs/towns.md` has a picture.
//!
//! A town consists of equal square blocks. In the middle of each two roads cross, a street from left
//! to right and an avenue from top to bottom, and in its four corners lies one plot each:
//!
//! ```text
//!  x: 0       28 36      64
//!     +--------+  +--------+  y: 0
//!     | odd    |  | odd    |
//!     +--------+  +--------+     28
//!       s  t  r  e  e  t
//!     +--------+  +--------+     36
//!     | even   |  | even   |
//!     +--------+  +--------+     64
//! ```
//!
//! So every plot is a corner plot at two roads, the roads of neighbouring blocks meet, and a town that
//! grows can go on in the same way. Streets count from the top; the houses of a street count from the
//! left, the odd ones above it and the even ones below.

use alloc::vec::Vec;

use crate::geometry::{Area, Size};

/// Width and height of a town in cells.
pub const TOWN_SIDE: u16 = 256;

/// Cells from one edge of a road to the other.
pub const ROAD_WIDTH: u16 = 8;

/// Width and height of a plot in cells.
pub const PLOT_SIDE: u16 = 28;

/// Width and height of a block: two plots and the road between them. It is also the longest piece
/// of road, because a parcel has no side longer than that.
pub const BLOCK_SIDE: u16 = 2 * PLOT_SIDE + ROAD_WIDTH;

/// Number of streets, and as many avenues.
pub const STREETS: u16 = TOWN_SIDE / BLOCK_SIDE;

/// Number of plots at one street.
pub const HOUSES: u16 = 4 * STREETS;

/// Number of plots in a town.
pub const PLOTS: u16 = STREETS * HOUSES;

/// Number of parcels that the roads of a town are: one for each block of a street, and one for each
/// part of an avenue between two streets or a street and the edge.
pub const ROADS: u16 = STREETS * STREETS + STREETS * (STREETS + 1);

/// The street where a town begins to be built.
pub const MAIN_STREET: u16 = 2;

const _: () = assert!(
	TOWN_SIDE.is_multiple_of(BLOCK_SIDE),
	"a town consists of whole blocks"
);
const _: () = assert!(
	MAIN_STREET >= 1 && MAIN_STREET <= STREETS,
	"the main street is one of the streets"
);

/// A place to build on, with an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Plot {
	/// Its number in the town, from 1 to [`PLOTS`], street by street.
	pub number: u16,
	/// The street at which it lies, from 1 to [`STREETS`].
	pub street: u16,
	/// Its number at this street, from 1 to [`HOUSES`].
	pub house: u16,
	/// Its cells.
	pub area: Area,
}

/// Width and height of a town.
pub const fn town_size() -> Size {
	Size::new(TOWN_SIDE, TOWN_SIDE)
}

/// The roads of a town, in the order in which genesis makes parcels of them: the pieces of each
/// street from the left, then the pieces of each avenue from the top.
#[expect(
	clippy::arithmetic_side_effects,
	reason = "places within a town of 256 x 256 cells, and numbers below that"
)]
pub fn street_plan() -> Vec<Area> {
	let streets = (0..STREETS).flat_map(|street| {
		(0..STREETS).map(move |block| {
			Area::new(
				block * BLOCK_SIDE,
				road_edge(street),
				BLOCK_SIDE,
				ROAD_WIDTH,
			)
		})
	});
	// The crossings belong to the streets, so an avenue is interrupted by each of them.
	let avenues = (0..STREETS).flat_map(|avenue| {
		(0..=STREETS).map(move |gap| {
			let top = gap
				.checked_sub(1)
				.map_or(0, |street| road_edge(street) + ROAD_WIDTH);
			let bottom = if gap < STREETS {
				road_edge(gap)
			} else {
				TOWN_SIDE
			};
			Area::new(road_edge(avenue), top, ROAD_WIDTH, bottom - top)
		})
	});
	streets.chain(avenues).collect()
}

/// All plots of a town in the order of their numbers.
pub fn plots() -> impl Iterator<Item = Plot> {
	(1..=PLOTS).filter_map(plot)
}

/// The plots at one street in the order of their houses; none when there is no such street.
pub fn plots_at(street: u16) -> impl Iterator<Item = Plot> {
	(1..=HOUSES).filter_map(move |house| house_at(street, house))
}

/// The plot with this number.
#[expect(
	clippy::arithmetic_side_effects,
	reason = "places within a town of 256 x 256 cells, and numbers below that"
)]
pub fn plot(number: u16) -> Option<Plot> {
	let before = number.checked_sub(1)?;
	house_at(before / HOUSES + 1, before % HOUSES + 1)
}

/// The plot with this address.
#[expect(
	clippy::arithmetic_side_effects,
	reason = "places within a town of 256 x 256 cells, and numbers below that"
)]
pub fn house_at(street: u16, house: u16) -> Option<Plot> {
	let (row, place) = (street.checked_sub(1)?, house.checked_sub(1)?);
	if row >= STREETS || place >= HOUSES {
		return None;
	}
	// Two houses stand opposite each other: the odd one above the street, the even one below.
	let (column, below) = (place / 2, place % 2);
	let (block, right) = (column / 2, column % 2);
	let behind_road = PLOT_SIDE + ROAD_WIDTH;
	Some(Plot {
		number: row * HOUSES + house,
		street,
		house,
		area: Area::new(
			block * BLOCK_SIDE + right * behind_road,
			row * BLOCK_SIDE + below * behind_road,
			PLOT_SIDE,
			PLOT_SIDE,
		),
	})
}

/// First column of an avenue or first row of a street, counted from 0.
#[expect(
	clippy::arithmetic_side_effects,
	reason = "places within a town of 256 x 256 cells, and numbers below that"
)]
const fn road_edge(road: u16) -> u16 {
	road * BLOCK_SIDE + PLOT_SIDE
}
