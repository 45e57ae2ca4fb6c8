//! Areas against a naive model that knows nothing but single cells.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

type Cells = BTreeSet<(u32, u32)>;

/// Every cell, one by one.
fn cells(area: &Area) -> Cells {
	(area.x as u32..area.right())
		.flat_map(|x| (area.y as u32..area.bottom()).map(move |y| (x, y)))
		.collect()
}

/// The cells that the chunks' masks name.
fn cells_of_chunks(area: &Area) -> Cells {
	let side = u32::from(CHUNK_SIDE);
	area.chunks()
		.flat_map(|(index, mask)| {
			(0..side * side)
				.filter(move |bit| mask.0[(bit / 64) as usize] >> (bit % 64) & 1 == 1)
				.map(move |bit| {
					(
						u32::from(index.x) * side + bit % side,
						u32::from(index.y) * side + bit / side,
					)
				})
		})
		.collect()
}

fn small_area() -> impl Strategy<Value = Area> {
	(0u16..40, 0u16..40, 0u16..40, 0u16..40).prop_map(|(x, y, w, h)| Area::new(x, y, w, h))
}

proptest! {
	#[test]
	fn chunks_hold_exactly_the_cells_of_an_area(area in small_area()) {
		prop_assert_eq!(cells_of_chunks(&area), cells(&area));
		prop_assert_eq!(area.chunks().count() as u32, area.chunk_count());
		prop_assert!(area.chunks().all(|(_, mask)| !mask.is_empty()));
		prop_assert_eq!(area.chunks().map(|(_, mask)| mask.count()).sum::<u32>(), area.cells());
	}

	#[test]
	fn overlap_means_a_common_cell(a in small_area(), b in small_area()) {
		prop_assert_eq!(a.overlaps(&b), !cells(&a).is_disjoint(&cells(&b)) );
		prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
	}

	#[test]
	fn a_cut_keeps_every_cell_once(area in small_area(), at in 0u16..45, column: bool) {
		let cut = if column { Cut::Column(at) } else { Cut::Row(at) };
		let side = if column { area.width } else { area.height };
		match area.split(cut) {
			Some((first, second)) => {
				prop_assert!(!first.overlaps(&second));
				let mut both = cells(&first);
				both.extend(cells(&second));
				prop_assert_eq!(both, cells(&area));
				// An area of no cells has nothing to join.
				prop_assert_eq!(first.join(&second), Some(area));
				prop_assert_eq!(second.join(&first), Some(area));
			},
			None => prop_assert!(at == 0 || at >= side),
		}
	}

	#[test]
	fn a_union_is_a_rectangle_or_nothing(a in small_area(), b in small_area()) {
		prop_assume!(!a.is_empty() && !b.is_empty());
		if let Some(union) = a.join(&b) {
			let mut both = cells(&a);
			both.extend(cells(&b));
			prop_assert!(!a.overlaps(&b));
			prop_assert_eq!(both, cells(&union));
		}
	}

	#[test]
	fn a_size_contains_what_has_no_cell_outside(area in small_area(), w in 0u16..60, h in 0u16..60) {
		prop_assume!(!area.is_empty());
		let outside = cells(&area).iter().any(|(x, y)| *x >= u32::from(w) || *y >= u32::from(h));
		prop_assert_eq!(Size::new(w, h).contains(&area), !outside);
	}

	#[test]
	fn the_edge_of_the_type_is_no_edge_of_the_arithmetic(
		x in u16::MAX - 40.., y in u16::MAX - 40.., w in 0u16..80, h in 0u16..80,
	) {
		let area = Area::new(x, y, w, h);
		prop_assert_eq!(cells_of_chunks(&area), cells(&area));
		prop_assert_eq!(area.chunk_count(), area.chunks().count() as u32);
	}
}

#[test]
fn neighbours_that_touch_by_an_edge_do_not_overlap() {
	let a = Area::new(3, 3, 4, 4);
	assert!(!a.overlaps(&Area::new(7, 3, 1, 4)));
	assert!(!a.overlaps(&Area::new(3, 7, 4, 1)));
	assert!(a.overlaps(&Area::new(6, 6, 9, 9)));
	assert!(a.overlaps(&a));
}

#[test]
fn the_largest_area_counts_right() {
	let all = Area::new(0, 0, u16::MAX, u16::MAX);
	assert_eq!(all.cells(), 4_294_836_225);
	assert_eq!(all.chunk_count(), 4096 * 4096);
	assert_eq!(Area::new(15, 15, 64, 64).chunk_count(), 25);
	assert_eq!(Area::new(15, 15, 24, 24).chunk_count(), 9);
	assert_eq!(
		Area::new(u16::MAX, u16::MAX, u16::MAX, u16::MAX).right(),
		131_070
	);
}
