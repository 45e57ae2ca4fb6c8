//! Lines through measured points, drawn as SVG.

use std::{io, ops::Range};

use plotters::{
	coord::{
		ranged1d::{AsRangedCoord, ValueFormatter},
		Shift,
	},
	drawing::DrawingAreaErrorKind,
	prelude::{
		ChartBuilder, Color, DrawingArea, IntoDrawingArea, IntoLogRange, LineSeries, PathElement,
		RGBColor, SVGBackend, SeriesLabelPosition, BLACK, WHITE,
	},
};
use serde::{Deserialize, Serialize};

use crate::figures::{short, spread};

/// Width and height of a picture, in pixels.
const SIZE: (u32, u32) = (800, 450);

/// Colours of the lines, one after the other: told apart by the colour-blind too.
const COLORS: [RGBColor; 6] = [
	RGBColor(0, 114, 178),
	RGBColor(213, 94, 0),
	RGBColor(0, 158, 115),
	RGBColor(204, 121, 167),
	RGBColor(86, 180, 233),
	RGBColor(230, 159, 0),
];

/// Room above the highest point of a linear axis, for the names of the series.
const HEADROOM: f64 = 1.25;

/// Points to draw.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Plot {
	/// Name of its file, without what stands behind the dot.
	pub file: String,
	/// What it shows.
	pub title: String,
	/// The axis from left to right.
	pub x: Axis,
	/// The axis from below.
	pub y: Axis,
	/// The lines.
	pub series: Vec<Series>,
}

/// An axis of a plot.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Axis {
	/// What its numbers are.
	pub label: String,
	/// Whether equal steps multiply. Then numbers that are not above zero have no place.
	pub logarithmic: bool,
}

/// A line of a plot.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Series {
	/// What it is.
	pub name: String,
	/// Its points, from left to right.
	pub points: Vec<(f64, f64)>,
}

impl Plot {
	/// The picture.
	pub fn svg(&self) -> String {
		let mut text = String::new();
		let root = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
		self.draw(&root).expect("drawing into memory does not fail");
		drop(root);
		text
	}

	/// The Markdown that shows the picture, which is in this folder.
	pub(crate) fn link(&self, folder: &str) -> String {
		format!("![{}]({folder}/{}.svg)", self.title, self.file)
	}

	fn draw(&self, root: &Root<'_>) -> Drawn {
		let points = || self.series.iter().flat_map(|series| self.shown(series));
		let x = self.x.range(points().map(|(x, _)| x).collect(), 1.0);
		let y = self.y.range(points().map(|(_, y)| y).collect(), HEADROOM);
		match (self.x.logarithmic, self.y.logarithmic) {
			(false, false) => self.draw_on(root, x, y),
			(false, true) => self.draw_on(root, x, y.log_scale()),
			(true, false) => self.draw_on(root, x.log_scale(), y),
			(true, true) => self.draw_on(root, x.log_scale(), y.log_scale()),
		}
	}

	fn draw_on<X, Y>(&self, root: &Root<'_>, x: X, y: Y) -> Drawn
	where
		X: AsRangedCoord<Value = f64>,
		Y: AsRangedCoord<Value = f64>,
		X::CoordDescType: ValueFormatter<f64>,
		Y::CoordDescType: ValueFormatter<f64>,
	{
		root.fill(&WHITE)?;
		let mut chart = ChartBuilder::on(root)
			.margin(12)
			.caption(&self.title, ("sans-serif", 20))
			.x_label_area_size(48)
			.y_label_area_size(84)
			.build_cartesian_2d(x, y)?;
		let label = |number: &f64| short(*number);
		chart
			.configure_mesh()
			.max_light_lines(1)
			.label_style(("sans-serif", 14))
			.x_label_formatter(&label)
			.y_label_formatter(&label)
			.x_desc(&self.x.label)
			.y_desc(&self.y.label)
			.draw()?;
		for (series, color) in self.series.iter().zip(COLORS.into_iter().cycle()) {
			let style = color.filled().stroke_width(2);
			chart
				.draw_series(LineSeries::new(self.shown(series), style).point_size(3))?
				.label(&series.name)
				.legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 20, y)], style));
		}
		chart
			.configure_series_labels()
			.position(SeriesLabelPosition::UpperLeft)
			.label_font(("sans-serif", 14))
			.background_style(WHITE.mix(0.8))
			.border_style(BLACK.mix(0.2))
			.draw()?;
		root.present()
	}

	/// The points of a line that have a place on both axes.
	fn shown(&self, series: &Series) -> Vec<(f64, f64)> {
		let points = series.points.iter().copied();
		points
			.filter(|(x, y)| self.x.shows(*x) && self.y.shows(*y))
			.collect()
	}
}

impl Axis {
	fn shows(&self, number: f64) -> bool {
		number > 0.0 || !self.logarithmic
	}

	/// What the axis reaches over: from zero on, or whole powers of ten. The head is room above the
	/// highest number of a linear one.
	fn range(&self, numbers: Vec<f64>, head: f64) -> Range<f64> {
		if numbers.is_empty() {
			return 1.0..10.0;
		}
		let (lowest, highest) = spread(&numbers);
		if self.logarithmic {
			let (from, to) = (lowest.log10().floor(), highest.log10().ceil());
			return 10_f64.powf(from)..10_f64.powf(to.max(from + 1.0));
		}
		let (from, to) = (lowest.min(0.0), highest.max(0.0) * head);
		if to > from {
			return from..to;
		}
		from..from + 1.0
	}
}

/// What pictures are drawn on.
type Root<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Whether something could be drawn.
type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

#[cfg(test)]
mod tests {
	use super::*;

	fn plot(logarithmic: (bool, bool), points: &[(f64, f64)]) -> Plot {
		let axis = |label: &str, logarithmic| Axis {
			label: label.into(),
			logarithmic,
		};
		Plot {
			file: "growth".into(),
			title: "Growth of claims".into(),
			x: axis("cells claimed", logarithmic.0),
			y: axis("time, µs", logarithmic.1),
			series: vec![Series {
				name: "one cell".into(),
				points: points.to_vec(),
			}],
		}
	}

	#[test]
	fn a_picture_has_all_words_and_a_line() {
		let points = [(1_000.0, 298.6), (10_000.0, 310.0), (1_000_000.0, 363.1)];
		for logarithmic in [(false, false), (false, true), (true, false), (true, true)] {
			let svg = plot(logarithmic, &points).svg();
			for text in [
				"Growth of claims",
				"cells claimed",
				"time, µs",
				"one cell",
				"<polyline",
				"</svg>",
			] {
				assert!(svg.contains(text), "{text:?} is not in {svg}");
			}
		}
	}

	#[test]
	fn points_without_a_place_are_left_out() {
		let none: &[(f64, f64)] = &[];
		for points in [none, &[(0.0, 0.0)], &[(5.0, 5.0)], &[(0.0, 5.0)]] {
			assert!(plot((true, true), points).svg().ends_with("</svg>\n"));
			assert!(plot((false, false), points).svg().ends_with("</svg>\n"));
		}
	}

	#[test]
	fn axes_reach_over_their_numbers() {
		let linear = plot((false, false), &[]).x;
		assert_eq!(linear.range(vec![5.0, 20.0], 1.5), 0.0..30.0);
		assert_eq!(linear.range(vec![-5.0], 1.5), -5.0..0.0);
		assert_eq!(linear.range(vec![0.0], 1.5), 0.0..1.0);
		let logarithmic = plot((true, true), &[]).x;
		assert_eq!(logarithmic.range(vec![5.0, 20.0], 1.5), 1.0..100.0);
		assert_eq!(logarithmic.range(vec![100.0], 1.5), 100.0..1_000.0);
	}
}
