//! Points, curves and arrow heads, and where the town lies in the picture.

use madang_primitives::{
	geometry::Area,
	town::{self, Plot},
};

use super::{House, DOOR, HEAD, MARGIN, WORLD};

/// A point of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
	pub(super) x: f64,
	pub(super) y: f64,
}

/// The course of a portal: from its source to its destination, bent towards a third point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Course {
	pub(super) from: Point,
	pub(super) bend: Point,
	pub(super) to: Point,
}

impl Course {
	pub(super) fn straight(from: Point, to: Point) -> Self {
		let bend = Point {
			x: (from.x + to.x) / 2.0,
			y: (from.y + to.y) / 2.0,
		};
		Self { from, bend, to }
	}

	/// The point half way.
	pub(super) fn middle(&self) -> Point {
		let half = |from: f64, bend: f64, to: f64| from / 4.0 + bend / 2.0 + to / 4.0;
		Point {
			x: half(self.from.x, self.bend.x, self.to.x),
			y: half(self.from.y, self.bend.y, self.to.y),
		}
	}

	pub(super) fn path(&self) -> String {
		let Self { from, bend, to } = self;
		format!(
			"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
			from.x, from.y, bend.x, bend.y, to.x, to.y
		)
	}
}

/// An arrow head with its tip at a point, coming from another one.
pub(super) fn head(tip: Point, from: Point) -> String {
	let (x, y) = (tip.x - from.x, tip.y - from.y);
	let length = x.hypot(y).max(0.001);
	let (x, y) = (x / length, y / length);
	let corner = |side: f64| {
		format!(
			"{:.1},{:.1}",
			tip.x - HEAD * x - side * HEAD * 0.5 * y,
			tip.y - HEAD * y + side * HEAD * 0.5 * x
		)
	};
	format!("{:.1},{:.1} {} {}", tip.x, tip.y, corner(1.0), corner(-1.0))
}

/// Where things are in the picture.
pub(super) struct Frame {
	/// The part of the town that is shown.
	pub(super) strip: Area,
	/// Dots to a cell.
	pub(super) scale: f64,
	/// Where the plots begin, from the top.
	pub(super) top: f64,
}

impl Frame {
	pub(super) fn x(&self, cell: u32) -> f64 {
		MARGIN + (f64::from(cell) - f64::from(self.strip.x)) * self.scale
	}

	pub(super) fn y(&self, cell: u32) -> f64 {
		self.top + (f64::from(cell) - f64::from(self.strip.y)) * self.scale
	}

	/// Where the plots end, from the top.
	pub(super) fn bottom(&self) -> f64 {
		self.y(self.strip.bottom())
	}

	/// What of an area is shown: left, top, width and height.
	pub(super) fn cut(&self, area: &Area) -> Option<(f64, f64, f64, f64)> {
		let left = u32::from(area.x.max(self.strip.x));
		let top = u32::from(area.y.max(self.strip.y));
		let right = area.right().min(self.strip.right());
		let bottom = area.bottom().min(self.strip.bottom());
		(left < right && top < bottom).then(|| {
			(
				self.x(left),
				self.y(top),
				f64::from(right - left) * self.scale,
				f64::from(bottom - top) * self.scale,
			)
		})
	}

	/// The middle of a plot.
	pub(super) fn centre(&self, plot: &Plot) -> Point {
		let half = |from: u16, end: u32| (f64::from(from) + f64::from(end)) / 2.0;
		let Area { x, y, .. } = plot.area;
		Point {
			x: MARGIN + (half(x, plot.area.right()) - f64::from(self.strip.x)) * self.scale,
			y: self.top + (half(y, plot.area.bottom()) - f64::from(self.strip.y)) * self.scale,
		}
	}

	/// The edge of a plot, and the edge of its world, between which the door is.
	pub(super) fn door(&self, house: &House) -> (Point, Point) {
		let x = self.centre(&house.plot).x;
		let (plot, world) = if house.is_above() {
			(self.top, self.top - DOOR)
		} else {
			(self.bottom(), self.bottom() + DOOR)
		};
		(Point { x, y: plot }, Point { x, y: world })
	}

	/// The far edge of a world, where its links begin.
	pub(super) fn roof(&self, house: &House) -> Point {
		let (_, world) = self.door(house);
		let y = if house.is_above() {
			world.y - WORLD
		} else {
			world.y + WORLD
		};
		Point { x: world.x, y }
	}

	/// Half the width of a world.
	pub(super) fn half_world(&self) -> f64 {
		f64::from(town::PLOT_SIDE) * self.scale * 0.47
	}
}
