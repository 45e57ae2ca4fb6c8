//! Cells, areas, sizes and cuts.
//!
//! Coordinates are `u16` and every sum of them is taken in `u32`, so nothing here can overflow.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::Range;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Side of a chunk: occupancy is stored as one bitmap per `CHUNK_SIDE` x `CHUNK_SIDE` cells.
pub const CHUNK_SIDE: u16 = 16;

/// Words of a chunk's bitmap: 4 x 64 bits = 16 x 16 cells.
pub const CHUNK_WORDS: usize = 4;

/// Width and height in cells, counted from the origin of a territory.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
pub struct Size {
	/// Cells from left to right.
	pub width: u16,
	/// Cells from top to bottom.
	pub height: u16,
}

impl Size {
	/// A size of `width` x `height` cells.
	pub const fn new(width: u16, height: u16) -> Self {
		Self { width, height }
	}

	/// Number of cells. At most 65,535 squared, which fits.
	pub const fn cells(&self) -> u32 {
		(self.width as u32).saturating_mul(self.height as u32)
	}

	/// Whether no cell is inside.
	pub const fn is_empty(&self) -> bool {
		self.width == 0 || self.height == 0
	}

	/// Whether the whole `area` lies inside.
	pub const fn contains(&self, area: &Area) -> bool {
		area.right() <= self.width as u32 && area.bottom() <= self.height as u32
	}
}

/// A rectangle of cells.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
pub struct Area {
	/// Leftmost column.
	pub x: u16,
	/// Topmost row.
	pub y: u16,
	/// Cells from left to right.
	pub width: u16,
	/// Cells from top to bottom.
	pub height: u16,
}

/// Where a parcel is cut in two, counted in cells from its own left or top edge.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
#[allow(
	clippy::cast_possible_truncation,
	reason = "codec's derive casts the index of each variant"
)]
pub enum Cut {
	/// The first part keeps this many columns, the second one gets the rest.
	#[codec(index = 0)]
	Column(u16),
	/// The first part keeps this many rows, the second one gets the rest.
	#[codec(index = 1)]
	Row(u16),
}

/// Position of a chunk in a territory: cell coordinates divided by [`CHUNK_SIDE`].
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct ChunkIndex {
	/// Column of chunks.
	pub x: u16,
	/// Row of chunks.
	pub y: u16,
}

/// The cells of one chunk, one bit each, row by row from the top left.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Mask(pub [u64; CHUNK_WORDS]);

impl Mask {
	/// Whether both have a cell in common.
	pub fn overlaps(&self, other: &Self) -> bool {
		self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
	}

	/// Whether every cell of `other` is in here too.
	pub fn covers(&self, other: &Self) -> bool {
		self.0.iter().zip(other.0).all(|(a, b)| a & b == b)
	}

	/// Adds the cells of `other`.
	pub fn insert(&mut self, other: &Self) {
		self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
	}

	/// Takes away the cells of `other`.
	pub fn remove(&mut self, other: &Self) {
		self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a &= !b);
	}

	/// Number of cells.
	pub fn count(&self) -> u32 {
		self.0.iter().map(|word| word.count_ones()).sum()
	}

	/// Whether no cell is in here.
	pub fn is_empty(&self) -> bool {
		self.0.iter().all(|word| *word == 0)
	}
}

impl Area {
	/// An area of `width` x `height` cells whose top left cell is `(x, y)`.
	pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
		Self {
			x,
			y,
			width,
			height,
		}
	}

	/// Width and height.
	pub const fn size(&self) -> Size {
		Size::new(self.width, self.height)
	}

	/// Number of cells.
	pub const fn cells(&self) -> u32 {
		self.size().cells()
	}

	/// Whether no cell is inside.
	pub const fn is_empty(&self) -> bool {
		self.size().is_empty()
	}

	/// First column to the right of the area.
	pub const fn right(&self) -> u32 {
		(self.x as u32).saturating_add(self.width as u32)
	}

	/// First row below the area.
	pub const fn bottom(&self) -> u32 {
		(self.y as u32).saturating_add(self.height as u32)
	}

	/// Whether the cell `(x, y)` is inside.
	pub const fn has_cell(&self, x: u16, y: u16) -> bool {
		x >= self.x && (x as u32) < self.right() && y >= self.y && (y as u32) < self.bottom()
	}

	/// Whether both have a cell in common. Areas that touch by an edge have none.
	pub const fn overlaps(&self, other: &Self) -> bool {
		!self.is_empty()
			&& !other.is_empty()
			&& (self.x as u32) < other.right()
			&& (other.x as u32) < self.right()
			&& (self.y as u32) < other.bottom()
			&& (other.y as u32) < self.bottom()
	}

	/// The two parts after a cut, or `None` when a part would have no cells.
	pub fn split(&self, cut: Cut) -> Option<(Area, Area)> {
		match cut {
			Cut::Column(columns) if columns > 0 && columns < self.width => Some((
				Area {
					width: columns,
					..*self
				},
				Area {
					x: self.x.checked_add(columns)?,
					width: self.width.checked_sub(columns)?,
					..*self
				},
			)),
			Cut::Row(rows) if rows > 0 && rows < self.height => Some((
				Area {
					height: rows,
					..*self
				},
				Area {
					y: self.y.checked_add(rows)?,
					height: self.height.checked_sub(rows)?,
					..*self
				},
			)),
			_ => None,
		}
	}

	/// The union of two neighbours, or `None` when it is not a rectangle.
	pub fn join(&self, other: &Self) -> Option<Area> {
		let beside = |a: &Area, b: &Area| {
			(a.y == b.y && a.height == b.height && a.right() == u32::from(b.x))
				.then(|| {
					a.width
						.checked_add(b.width)
						.map(|width| Area { width, ..*a })
				})
				.flatten()
		};
		let above = |a: &Area, b: &Area| {
			(a.x == b.x && a.width == b.width && a.bottom() == u32::from(b.y))
				.then(|| {
					a.height
						.checked_add(b.height)
						.map(|height| Area { height, ..*a })
				})
				.flatten()
		};
		beside(self, other)
			.or_else(|| beside(other, self))
			.or_else(|| above(self, other))
			.or_else(|| above(other, self))
	}

	/// Number of chunks that the area touches.
	pub fn chunk_count(&self) -> u32 {
		if self.is_empty() {
			return 0;
		}
		let span = |from: u16, end: u32| {
			let chunks = chunks_between(from, end);
			chunks.end.saturating_sub(chunks.start)
		};
		span(self.x, self.right()).saturating_mul(span(self.y, self.bottom()))
	}

	/// Every chunk that the area touches with the cells of the area in it, row by row.
	pub fn chunks(&self) -> impl Iterator<Item = (ChunkIndex, Mask)> {
		let area = *self;
		let (columns, rows) = if area.is_empty() {
			(0..0, 0..0)
		} else {
			(
				chunks_between(area.x, area.right()),
				chunks_between(area.y, area.bottom()),
			)
		};
		rows.flat_map(move |y| {
			columns.clone().map(move |x| {
				#[expect(
					clippy::cast_possible_truncation,
					reason = "no area ends beyond 2 * 65,535, so the last chunk is 8,191"
				)]
				let index = ChunkIndex {
					x: x as u16,
					y: y as u16,
				};
				(index, area.mask_in(index))
			})
		})
	}

	/// The cells of the area that lie in one chunk.
	#[expect(
		clippy::arithmetic_side_effects,
		clippy::indexing_slicing,
		reason = "16 x 65,535 fits into 32 bits, and all else lies within one chunk of 16 x 16 cells"
	)]
	pub fn mask_in(&self, chunk: ChunkIndex) -> Mask {
		let side = u32::from(CHUNK_SIDE);
		let (left, top) = (u32::from(chunk.x) * side, u32::from(chunk.y) * side);
		let clip = |from: u16, end: u32, origin: u32| {
			(
				u32::from(from).max(origin).min(origin + side) - origin,
				end.clamp(origin, origin + side) - origin,
			)
		};
		let (x0, x1) = clip(self.x, self.right(), left);
		let (y0, y1) = clip(self.y, self.bottom(), top);
		let mut mask = Mask::default();
		if x0 >= x1 {
			return mask;
		}
		// One row of the chunk is 16 bits; four rows share a word.
		let row = ((1u64 << (x1 - x0)) - 1) << x0;
		for y in y0..y1 {
			mask.0[(y / 4) as usize] |= row << (16 * (y % 4));
		}
		mask
	}
}

/// The columns or rows of chunks that the cells from `from` up to, but not including, `end` touch.
fn chunks_between(from: u16, end: u32) -> Range<u32> {
	let first = u32::from(from / CHUNK_SIDE);
	first..end.div_ceil(u32::from(CHUNK_SIDE))
}

#[cfg(test)]
mod tests;
