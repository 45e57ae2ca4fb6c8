//! The street plan against a naive map of single cells, and the page that describes it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use madang_primitives::{
	geometry::Area,
	town::{
		house_at, plot, plots, plots_at, street_plan, town_size, BLOCK_SIDE, HOUSES, MAIN_STREET,
		PLOTS, PLOT_SIDE, ROADS, ROAD_WIDTH, STREETS, TOWN_SIDE,
	},
};

/// The page for startups.
const DOCS: &str = include_str!("../../docs/towns.md");

/// Longest side of a parcel in the runtimes.
const LONGEST: u16 = 64;

/// Startups that the main street has to have room for.
const STARTUPS: usize = 12;

type Cell = (u32, u32);

/// Every cell, one by one.
fn cells(area: Area) -> impl Iterator<Item = Cell> {
	(u32::from(area.y)..area.bottom())
		.flat_map(move |y| (u32::from(area.x)..area.right()).map(move |x| (x, y)))
}

fn road_cells() -> BTreeSet<Cell> {
	street_plan().into_iter().flat_map(cells).collect()
}

fn neighbours((x, y): Cell) -> impl Iterator<Item = Cell> {
	[
		(x.wrapping_sub(1), y),
		(x + 1, y),
		(x, y.wrapping_sub(1)),
		(x, y + 1),
	]
	.into_iter()
}

#[test]
fn every_cell_belongs_to_one_road_or_one_plot() {
	let mut owners: BTreeMap<Cell, Area> = BTreeMap::new();
	for area in street_plan()
		.into_iter()
		.chain(plots().map(|plot| plot.area))
	{
		for cell in cells(area) {
			let other = owners.insert(cell, area);
			assert_eq!(other, None, "{cell:?} is in {area:?} too");
		}
	}
	let everything: BTreeSet<Cell> = cells(Area::new(0, 0, TOWN_SIDE, TOWN_SIDE)).collect();
	assert!(owners.into_keys().eq(everything));
}

#[test]
fn the_counts_are_what_the_constants_say() {
	assert_eq!(street_plan().len(), usize::from(ROADS));
	assert_eq!(plots().count(), usize::from(PLOTS));
	assert_eq!((ROADS, PLOTS, STREETS, HOUSES), (36, 64, 4, 16));
	assert_eq!(road_cells().len(), 15_360);
	let free: u32 = plots().map(|plot| plot.area.cells()).sum();
	assert_eq!(free, town_size().cells() - 15_360);
}

#[test]
fn every_piece_can_be_a_parcel_of_the_town() {
	for area in street_plan()
		.into_iter()
		.chain(plots().map(|plot| plot.area))
	{
		assert!(!area.is_empty(), "{area:?}");
		assert!(town_size().contains(&area), "{area:?}");
		assert!(area.width <= LONGEST && area.height <= LONGEST, "{area:?}");
	}
}

#[test]
fn a_road_is_known_by_its_coordinates() {
	let in_road = |at: u32| {
		let at = at % u32::from(BLOCK_SIDE);
		(u32::from(PLOT_SIDE)..u32::from(PLOT_SIDE + ROAD_WIDTH)).contains(&at)
	};
	let expected: BTreeSet<Cell> = cells(Area::new(0, 0, TOWN_SIDE, TOWN_SIDE))
		.filter(|(x, y)| in_road(*x) || in_road(*y))
		.collect();
	assert_eq!(road_cells(), expected);
}

#[test]
fn one_can_walk_from_every_road_to_every_other() {
	let roads = road_cells();
	let first = *roads.first().expect("a town has roads");
	let mut reached = BTreeSet::from([first]);
	let mut todo = VecDeque::from([first]);
	while let Some(cell) = todo.pop_front() {
		for next in neighbours(cell).filter(|next| roads.contains(next)) {
			if reached.insert(next) {
				todo.push_back(next);
			}
		}
	}
	assert_eq!(reached, roads);
}

#[test]
fn every_plot_stands_at_its_own_street_and_at_an_avenue() {
	let roads = road_cells();
	for plot in plots() {
		let Area { x, y, .. } = plot.area;
		let (right, bottom) = (plot.area.right(), plot.area.bottom());
		// The whole front towards the street, which lies in the middle of the block's rows.
		let street = (u32::from(plot.street) - 1) * u32::from(BLOCK_SIDE) + u32::from(PLOT_SIDE);
		let front = if plot.house % 2 == 1 {
			assert_eq!(bottom, street, "{plot:?} ends where its street begins");
			bottom
		} else {
			assert_eq!(u32::from(y), street + u32::from(ROAD_WIDTH), "{plot:?}");
			u32::from(y) - 1
		};
		assert!(
			(u32::from(x)..right).all(|x| roads.contains(&(x, front))),
			"{plot:?}"
		);
		let beside = [u32::from(x).checked_sub(1), Some(right)];
		assert!(
			beside
				.into_iter()
				.flatten()
				.any(|x| (u32::from(y)..bottom).all(|y| roads.contains(&(x, y)))),
			"{plot:?}"
		);
	}
}

#[test]
fn numbers_and_addresses_name_the_same_plots() {
	for (place, found) in plots().enumerate() {
		assert_eq!(usize::from(found.number), place + 1);
		assert_eq!(plot(found.number), Some(found));
		assert_eq!(house_at(found.street, found.house), Some(found));
	}
	let streets: Vec<_> = (1..=STREETS).flat_map(plots_at).collect();
	assert!(plots().eq(streets));

	let seventeen = plot(17).expect("there are more than that");
	assert_eq!((seventeen.street, seventeen.house), (2, 1));
	assert_eq!(seventeen.area, Area::new(0, 64, PLOT_SIDE, PLOT_SIDE));
	let last = plot(PLOTS).expect("it is the last one");
	assert_eq!((last.area.right(), last.area.bottom()), (256, 256));
}

#[test]
fn what_is_not_there_has_no_plot() {
	for number in [0, PLOTS + 1, u16::MAX] {
		assert_eq!(plot(number), None);
	}
	for (street, house) in [
		(0, 1),
		(1, 0),
		(STREETS + 1, 1),
		(1, HOUSES + 1),
		(u16::MAX, u16::MAX),
	] {
		assert_eq!(house_at(street, house), None);
	}
	assert_eq!(plots_at(0).count(), 0);
	assert_eq!(plots_at(STREETS + 1).count(), 0);
}

#[test]
fn the_main_street_has_room_for_the_first_startups() {
	assert!(plots_at(MAIN_STREET).count() >= STARTUPS);
	assert!(plots_at(MAIN_STREET).all(|plot| plot.street == MAIN_STREET));
}

#[test]
fn houses_count_from_the_left_with_odd_and_even_opposite() {
	for street in 1..=STREETS {
		let houses: Vec<_> = plots_at(street).collect();
		for pair in houses.chunks(2) {
			let [odd, even] = pair else {
				panic!("each house has one opposite")
			};
			assert_eq!(odd.area.x, even.area.x);
			assert!(odd.area.y < even.area.y);
		}
		for columns in houses.windows(3) {
			assert!(columns[0].area.x < columns[2].area.x);
		}
	}
}

/// The numbers of the plots as they lie, with the roads between them.
fn picture() -> String {
	let row = |street, below| {
		let numbers: Vec<_> = plots_at(street)
			.filter(|plot| (plot.house % 2 == 0) == below)
			.map(|plot| plot.number)
			.collect();
		let blocks: Vec<_> = numbers
			.chunks(2)
			.map(|pair| format!("{:>3} |{:>3} ", pair[0], pair[1]))
			.collect();
		format!("            {}", blocks.join("  "))
			.trim_end()
			.to_string()
	};
	let road = |street| {
		let blocks: Vec<_> = (0..STREETS).map(|_| "----+----").collect();
		format!("street {street}    {}", blocks.join("--"))
	};
	(1..=STREETS)
		.flat_map(|street| [row(street, false), road(street), row(street, true)])
		.collect::<Vec<_>>()
		.join("\n")
}

#[test]
fn the_page_shows_the_plan() {
	let picture = picture();
	assert!(
		DOCS.contains(&picture),
		"docs/towns.md should show this:\n{picture}"
	);
	// Of each house: its columns, and of each street: its rows.
	for plot in plots_at(1).filter(|plot| plot.house % 2 == 1) {
		let line = format!(
			"| {} and {} | {} to {} |",
			plot.house,
			plot.house + 1,
			plot.area.x,
			plot.area.right() - 1
		);
		assert!(
			DOCS.contains(&line),
			"docs/towns.md should have this: {line}"
		);
	}
	for street in 1..=STREETS {
		let rows = |house| {
			let area = house_at(street, house).expect("there is such a house").area;
			format!("{} to {}", area.y, area.bottom() - 1)
		};
		let first = (street - 1) * BLOCK_SIDE + PLOT_SIDE;
		let line = format!(
			"| {} | {} | {} to {} | {} | {} to {} |",
			if street == MAIN_STREET {
				format!("{street}, Main Street")
			} else {
				street.to_string()
			},
			rows(1),
			first,
			first + ROAD_WIDTH - 1,
			rows(2),
			(street - 1) * HOUSES + 1,
			street * HOUSES
		);
		assert!(
			DOCS.contains(&line),
			"docs/towns.md should have this: {line}"
		);
	}
}
