//! Draws a street: plots and worlds, the portals between them, and the way that somebody walked.

use std::fmt::Write;

use madang_primitives::{
	geometry::Area,
	portal::{PortalId, PortalState, Way},
	town::{Plot, BLOCK_SIDE},
	MetaverseId, ParcelId,
};

use self::shape::{head, Course, Frame, Point};
use crate::map::escape;

mod shape;

/// Width of the picture.
const WIDTH: f64 = 1_240.0;
/// Space around it.
const MARGIN: f64 = 44.0;
/// Where the worlds above the street begin, from the top: below the title and the links.
const WORLDS: f64 = 236.0;
/// Height of a world.
const WORLD: f64 = 58.0;
/// Length of a door: from a plot to its world.
const DOOR: f64 = 74.0;
/// Room for the links of the worlds below the street.
const LINKS: f64 = 150.0;
/// How far the link between two neighbours is from their worlds.
const RISE: f64 = 44.0;
/// How much further it is for each world in between, or for another link between the same two.
const STEP: f64 = 34.0;
/// Length of an arrow head.
const HEAD: f64 = 11.0;
/// Height of a line of the legend.
const ROW: f64 = 22.0;
/// Colour of the way that was walked.
const WALKED: &str = "#f2c230";

/// A street and its portals.
#[derive(Clone, Debug)]
pub struct Chart {
	/// What stands above it.
	pub title: String,
	/// Which street it is.
	pub subtitle: String,
	/// Slug of the town.
	pub town: String,
	/// Roads of the town.
	pub roads: Vec<Area>,
	/// Plots at the street that nobody has.
	pub free: Vec<Plot>,
	/// Plots that somebody has, with the worlds behind their doors.
	pub houses: Vec<House>,
	/// The portals.
	pub lines: Vec<Line>,
	/// Who walked.
	pub walker: String,
	/// The way: which of the portals, in order, and which way through each.
	pub walk: Vec<(usize, Way)>,
}

/// A plot and the world of its owner.
#[derive(Clone, Debug)]
pub struct House {
	/// The plot.
	pub plot: Plot,
	/// The parcel that it is.
	pub parcel: Option<ParcelId>,
	/// Display name of the world.
	pub name: String,
	/// Its slug.
	pub slug: String,
	/// Its id.
	pub metaverse: MetaverseId,
}

impl House {
	/// Whether it stands above the street.
	fn is_above(&self) -> bool {
		self.plot.house % 2 == 1
	}
}

/// Where a portal begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
	/// On the plot of a house.
	Plot(usize),
	/// In the world of a house.
	World(usize),
}

/// A portal.
#[derive(Clone, Debug)]
pub struct Line {
	/// Its id.
	pub id: PortalId,
	/// How the plan calls it.
	pub name: String,
	/// Where it begins.
	pub source: End,
	/// The house in whose world it ends.
	pub destination: usize,
	/// Whether it leads one way only.
	pub one_way: bool,
	/// What it costs.
	pub toll: Option<String>,
	/// How many it lets through, if not everyone.
	pub members: Option<usize>,
	/// How things stand with it.
	pub state: PortalState,
}

impl Line {
	/// What is drawn beside it, in one or two lines.
	fn label(&self) -> Vec<String> {
		let mut label = vec![format!("#{}", self.id)];
		if let Some(toll) = &self.toll {
			label.push(toll.clone());
		}
		if let Some(members) = self.members {
			label.push(format!("{members} members"));
		}
		if self.state != PortalState::Open {
			label.push(words(self.state).into());
		}
		label
	}

	/// What it is, in words.
	fn terms(&self) -> String {
		let toll = match &self.toll {
			None => "free".into(),
			Some(toll) => format!("toll {toll}"),
		};
		match self.members {
			None => toll,
			Some(members) => format!("{toll}, for {members} members"),
		}
	}

	/// Kind, colour and dashes.
	fn look(&self) -> Look {
		match self.state {
			PortalState::Open if self.members.is_some() => MEMBERS,
			PortalState::Open if self.toll.is_some() => TOLL,
			PortalState::Open => FREE,
			PortalState::Closing => CLOSING,
			_ => SHUT,
		}
	}
}

/// How a kind of portal is drawn.
#[derive(Clone, Copy)]
struct Look {
	name: &'static str,
	colour: &'static str,
	dashes: &'static str,
	crossed: bool,
}

const FREE: Look = Look {
	name: "open and free",
	colour: "#2f7d5b",
	dashes: "none",
	crossed: false,
};
const TOLL: Look = Look {
	name: "open, costs a toll",
	colour: "#b5651d",
	dashes: "none",
	crossed: false,
};
const MEMBERS: Look = Look {
	name: "open for members",
	colour: "#6a4fa3",
	dashes: "none",
	crossed: false,
};
const CLOSING: Look = Look {
	name: "closing: carries until its notice is over",
	colour: "#b3261e",
	dashes: "3 5",
	crossed: false,
};
const SHUT: Look = Look {
	name: "carries nobody (paused, closed, stale …)",
	colour: "#b3261e",
	dashes: "9 6",
	crossed: true,
};

/// Everything in the legend about portals.
const LOOKS: [Look; 5] = [FREE, TOLL, MEMBERS, CLOSING, SHUT];

impl Chart {
	/// The picture as an SVG document: the street in the middle, plots on both sides of it, worlds
	/// behind their plots, doors and links between them, the walk beneath, and a legend.
	pub fn svg(&self) -> String {
		let mut svg = String::new();
		// Writing to a string does not fail.
		let _ = self.write_svg(&mut svg);
		svg
	}

	/// The same as text.
	pub fn text(&self) -> String {
		let mut text = format!("{}: {}\n", self.title, self.subtitle);
		let _ = self.write_text(&mut text);
		text
	}

	/// The blocks of the town in which the houses stand.
	fn frame(&self) -> Frame {
		let areas = self.houses.iter().map(|house| house.plot.area);
		let block = u32::from(BLOCK_SIDE);
		let left = areas.clone().map(|area| u32::from(area.x)).min();
		let left = left.unwrap_or(0) / block * block;
		let right = areas
			.clone()
			.map(|area| area.right())
			.max()
			.unwrap_or(block);
		let top = areas.map(|area| u32::from(area.y)).min().unwrap_or(0) / block * block;
		let cells = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
		let strip = Area::new(
			cells(left),
			cells(top),
			cells(right.div_ceil(block) * block - left),
			BLOCK_SIDE,
		);
		Frame {
			scale: (WIDTH - 2.0 * MARGIN) / f64::from(strip.width),
			strip,
			top: WORLDS + WORLD + DOOR,
		}
	}

	/// The course of each portal, in their order.
	fn courses(&self, frame: &Frame) -> Vec<Course> {
		let mut courses = Vec::new();
		for (number, line) in self.lines.iter().enumerate() {
			let other = &self.houses[line.destination];
			courses.push(match line.source {
				End::Plot(house) => {
					let (plot, _) = frame.door(&self.houses[house]);
					let (_, world) = frame.door(other);
					Course::straight(plot, world)
				}
				End::World(house) => {
					let twins = self.lines[..number]
						.iter()
						.filter(|known| known.joins(house, line.destination))
						.count();
					self.link(frame, &self.houses[house], other, twins)
				}
			});
		}
		courses
	}

	/// A link between two worlds: around the row on one side of the street, or across.
	fn link(&self, frame: &Frame, from: &House, to: &House, twins: usize) -> Course {
		let aside = frame.half_world() * 0.55;
		let (mut a, mut b) = (frame.roof(from), frame.roof(to));
		if from.is_above() != to.is_above() {
			let ((_, mut a), (_, mut b)) = (frame.door(from), frame.door(to));
			// Beside the doors, each twin a little further.
			let aside = aside + 12.0 * twins as f64;
			a.x += aside;
			b.x += aside;
			return Course::straight(a, b);
		}
		let towards = (b.x - a.x).signum();
		a.x += towards * aside;
		b.x -= towards * aside;
		let between = self
			.houses
			.iter()
			.filter(|house| house.is_above() == from.is_above())
			.map(|house| frame.centre(&house.plot).x)
			.filter(|x| a.x.min(b.x) < *x && *x < a.x.max(b.x))
			.count();
		let rise = (RISE + STEP * (between + twins) as f64).min(LINKS - 30.0);
		// A curve comes half as far as its bend.
		let rise = if from.is_above() { -rise } else { rise } * 2.0;
		Course {
			from: a,
			bend: Point {
				x: (a.x + b.x) / 2.0,
				y: a.y + rise,
			},
			to: b,
		}
	}

	fn write_svg(&self, svg: &mut String) -> std::fmt::Result {
		let frame = self.frame();
		let courses = self.courses(&frame);
		let legend = frame.bottom() + DOOR + WORLD + LINKS;
		let height = legend + 5.0 * ROW + MARGIN;
		let title = escape(&self.title);
		writeln!(
			svg,
			r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0}" viewBox="0 0 {WIDTH} {height:.0}" font-family="sans-serif" font-size="13">"##
		)?;
		writeln!(svg, "<title>{title}</title>")?;
		writeln!(
			svg,
			r##"<rect width="100%" height="100%" fill="#f6f5f1"/>"##
		)?;
		writeln!(
			svg,
			r##"<text x="{MARGIN}" y="40" font-size="22" font-weight="bold">{title}</text><text x="{MARGIN}" y="62" fill="#666666">{}</text>"##,
			escape(&self.subtitle)
		)?;
		self.write_ground(svg, &frame)?;
		self.write_walk(svg, &frame, &courses)?;
		self.write_names(svg, &frame)?;
		for (line, course) in self.lines.iter().zip(&courses) {
			self.write_line(svg, line, course)?;
		}
		for (step, (number, _)) in self.walk.iter().enumerate() {
			let Point { x, y } = courses[*number].middle();
			writeln!(
				svg,
				r##"<circle cx="{x:.1}" cy="{y:.1}" r="11" fill="{WALKED}" stroke="#222222"/><text x="{x:.1}" y="{:.1}" text-anchor="middle" font-weight="bold">{}</text>"##,
				y + 4.5,
				step + 1
			)?;
		}
		self.write_legend(svg, legend)?;
		writeln!(svg, "</svg>")
	}

	/// Roads and plots.
	fn write_ground(&self, svg: &mut String, frame: &Frame) -> std::fmt::Result {
		for road in &self.roads {
			if let Some((x, y, width, height)) = frame.cut(road) {
				writeln!(
					svg,
					r##"<rect class="road" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="#d9d6cf"/>"##
				)?;
			}
		}
		for plot in &self.free {
			if let Some((x, y, width, height)) = frame.cut(&plot.area) {
				writeln!(
					svg,
					r##"<rect class="free" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="none" stroke="#999999" stroke-dasharray="4 4"/><text x="{:.1}" y="{:.1}" text-anchor="middle" fill="#999999">plot {}, free</text>"##,
					x + width / 2.0,
					y + height / 2.0,
					plot.number
				)?;
			}
		}
		for house in &self.houses {
			if let Some((x, y, width, height)) = frame.cut(&house.plot.area) {
				writeln!(
					svg,
					r##"<rect class="plot" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="#e7efe2" stroke="#7d8f73"/>"##
				)?;
			}
		}
		Ok(())
	}

	/// What was walked, beneath the portals: through each of them, and along the street from one door
	/// to the next.
	fn write_walk(&self, svg: &mut String, frame: &Frame, courses: &[Course]) -> std::fmt::Result {
		let draw = |svg: &mut String, path: &str| {
			writeln!(
				svg,
				r##"<path class="walked" d="{path}" fill="none" stroke="{WALKED}" stroke-width="13" stroke-linecap="round" stroke-linejoin="round" stroke-opacity="0.75"/>"##
			)
		};
		let street = (frame.top + frame.bottom()) / 2.0;
		let mut in_town: Option<Point> = None;
		for (number, way) in &self.walk {
			draw(svg, &courses[*number].path())?;
			let End::Plot(house) = self.lines[*number].source else {
				continue;
			};
			let (plot, _) = frame.door(&self.houses[house]);
			match (way, in_town) {
				(Way::Back, _) => in_town = Some(plot),
				(Way::There, Some(from)) => {
					draw(
						svg,
						&format!(
							"M{:.1} {:.1}V{street:.1}H{:.1}V{:.1}",
							from.x, from.y, plot.x, plot.y
						),
					)?;
					in_town = None;
				}
				(Way::There, None) => {}
			}
		}
		Ok(())
	}

	/// What stands on plots and worlds.
	fn write_names(&self, svg: &mut String, frame: &Frame) -> std::fmt::Result {
		let street = (frame.top + frame.bottom()) / 2.0;
		writeln!(
			svg,
			r##"<text x="{:.1}" y="{:.1}" text-anchor="middle" font-size="15" letter-spacing="6" fill="#6b675e">{}</text>"##,
			WIDTH / 2.0,
			street + 5.0,
			escape(&self.title.to_uppercase())
		)?;
		for house in &self.houses {
			let Point { x, y } = frame.centre(&house.plot);
			let parcel = match house.parcel {
				Some(parcel) => format!("parcel {parcel}"),
				None => "no parcel".into(),
			};
			writeln!(
				svg,
				r##"<text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="15">house {}</text><text x="{x:.1}" y="{:.1}" text-anchor="middle" fill="#566350">plot {}, {parcel}</text>"##,
				y - 2.0,
				house.plot.house,
				y + 17.0,
				house.plot.number
			)?;
			let (roof, half) = (frame.roof(house), frame.half_world());
			let top = if house.is_above() {
				roof.y
			} else {
				roof.y - WORLD
			};
			writeln!(
				svg,
				r##"<rect class="world" x="{:.1}" y="{top:.1}" width="{:.1}" height="{WORLD}" rx="10" fill="#ffffff" stroke="#222222" stroke-width="1.5"/>"##,
				x - half,
				2.0 * half
			)?;
			writeln!(
				svg,
				r##"<text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="15" font-weight="bold">{}</text><text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="11" fill="#666666">{}</text><text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="11" fill="#666666">metaverse {}</text>"##,
				top + 21.0,
				escape(&house.name),
				top + 36.0,
				escape(&house.slug),
				top + 50.0,
				house.metaverse
			)?;
		}
		Ok(())
	}

	/// One portal, with its arrow heads and what there is to know of it.
	fn write_line(&self, svg: &mut String, line: &Line, course: &Course) -> std::fmt::Result {
		let Look {
			colour,
			dashes,
			crossed,
			..
		} = line.look();
		writeln!(
			svg,
			r##"<g id="portal-{}"><title>{}</title>"##,
			line.id,
			escape(&self.words(line))
		)?;
		writeln!(
			svg,
			r##"<path d="{}" fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/><polygon points="{}" fill="{colour}"/>"##,
			course.path(),
			head(course.to, course.bend)
		)?;
		if !line.one_way {
			writeln!(
				svg,
				r##"<polygon points="{}" fill="{colour}"/>"##,
				head(course.from, course.bend)
			)?;
		}
		let middle = course.middle();
		if crossed {
			write_cross(svg, middle, colour)?;
		}
		// Beside what goes up and down, above or below what goes round.
		let label = line.label();
		let upright = (course.from.x - course.to.x).abs() < 1.0;
		let (x, anchor) = if upright {
			(middle.x + 16.0, "start")
		} else {
			(middle.x, "middle")
		};
		let rows = if upright {
			label
		} else {
			vec![label.join(", ")]
		};
		let first = if upright {
			middle.y + 5.0 - 7.5 * (rows.len() as f64 - 1.0)
		} else if course.bend.y < course.from.y {
			middle.y - 16.0
		} else {
			middle.y + 26.0
		};
		for (row, text) in rows.iter().enumerate() {
			writeln!(
				svg,
				r##"<text x="{x:.1}" y="{:.1}" text-anchor="{anchor}" font-size="12" fill="{colour}">{}</text>"##,
				first + 15.0 * row as f64,
				escape(text)
			)?;
		}
		writeln!(svg, "</g>")
	}

	fn write_legend(&self, svg: &mut String, top: f64) -> std::fmt::Result {
		for (row, look) in LOOKS.iter().enumerate() {
			let y = top + ROW * row as f64;
			writeln!(
				svg,
				r##"<line x1="{MARGIN}" y1="{y:.1}" x2="{:.1}" y2="{y:.1}" stroke="{}" stroke-width="3" stroke-dasharray="{}"/><text x="{:.1}" y="{:.1}">{}</text>"##,
				MARGIN + 56.0,
				look.colour,
				look.dashes,
				MARGIN + 68.0,
				y + 4.5,
				look.name
			)?;
			if look.crossed {
				let x = MARGIN + 28.0;
				write_cross(svg, Point { x, y }, look.colour)?;
			}
		}
		let x = WIDTH / 2.0;
		let rows = [
			format!("the walk of {}, step by step", self.walker),
			"an arrow head shows which way a portal leads; # is its id".into(),
			"a plot of the town, with the parcel that it is".into(),
			"a road of the town, which nobody can claim".into(),
		];
		for (row, text) in rows.iter().enumerate() {
			let y = top + ROW * row as f64;
			match row {
				0 => writeln!(
					svg,
					r##"<line x1="{x}" y1="{y:.1}" x2="{:.1}" y2="{y:.1}" stroke="{WALKED}" stroke-width="13" stroke-linecap="round" stroke-opacity="0.75"/>"##,
					x + 44.0
				)?,
				1 => writeln!(
					svg,
					r##"<polygon points="{}" fill="#222222"/>"##,
					head(Point { x: x + 28.0, y }, Point { x, y })
				)?,
				_ => writeln!(
					svg,
					r##"<rect x="{:.1}" y="{:.1}" width="28" height="14" fill="{}" stroke="#7d8f73"/>"##,
					x + 8.0,
					y - 7.0,
					if row == 2 { "#e7efe2" } else { "#d9d6cf" }
				)?,
			}
			writeln!(
				svg,
				r##"<text x="{:.1}" y="{:.1}">{}</text>"##,
				x + 62.0,
				y + 4.5,
				escape(text)
			)?;
		}
		Ok(())
	}

	/// A portal in words, for whoever points at it and for the terminal.
	fn words(&self, line: &Line) -> String {
		format!(
			"portal {}, {}: {} {} {}, {}, {}",
			line.id,
			line.name,
			self.name(line.source),
			if line.one_way { "->" } else { "<->" },
			self.houses[line.destination].slug,
			line.terms(),
			words(line.state)
		)
	}

	/// The slug of the place where a portal begins.
	fn name(&self, end: End) -> &str {
		match end {
			End::Plot(_) => &self.town,
			End::World(house) => &self.houses[house].slug,
		}
	}

	fn write_text(&self, text: &mut String) -> std::fmt::Result {
		for house in &self.houses {
			let parcel = house
				.parcel
				.map_or("none".into(), |parcel| parcel.to_string());
			writeln!(
				text,
				"  house {:>2}  plot {:>2}  parcel {parcel:>4}  metaverse {:>4}  {:<16} {}",
				house.plot.house, house.plot.number, house.metaverse, house.slug, house.name
			)?;
		}
		for line in &self.lines {
			writeln!(text, "  {}", self.words(line))?;
		}
		writeln!(text, "  the walk of {}:", self.walker)?;
		for (step, (number, way)) in self.walk.iter().enumerate() {
			let line = &self.lines[*number];
			let (source, destination) = (
				self.name(line.source),
				self.houses[line.destination].slug.as_str(),
			);
			let (from, to) = match way {
				Way::There => (source, destination),
				Way::Back => (destination, source),
			};
			writeln!(
				text,
				"  {:>3}. {from} -> {to} through {}, {}",
				step + 1,
				line.name,
				line.terms()
			)?;
		}
		Ok(())
	}
}

impl Line {
	/// Whether it is a link between these two worlds.
	fn joins(&self, a: usize, b: usize) -> bool {
		matches!(self.source, End::World(source)
			if (source, self.destination) == (a, b) || (source, self.destination) == (b, a))
	}
}

/// A cross over something that nobody can go through.
fn write_cross(svg: &mut String, at: Point, colour: &str) -> std::fmt::Result {
	let Point { x, y } = at;
	writeln!(
		svg,
		r##"<path d="M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}" stroke="{colour}" stroke-width="4"/>"##,
		x - 8.0,
		y - 8.0,
		x + 8.0,
		y + 8.0,
		x - 8.0,
		y + 8.0,
		x + 8.0,
		y - 8.0
	)
}

/// A state as it stands in the picture.
fn words(state: PortalState) -> &'static str {
	match state {
		PortalState::Proposed => "proposed",
		PortalState::Open => "open",
		PortalState::Paused => "paused",
		PortalState::Closing => "closing",
		PortalState::Closed => "closed",
		PortalState::Expired => "expired",
		PortalState::Stale => "stale",
		PortalState::Suspended => "suspended",
		PortalState::Gone => "gone",
	}
}

#[cfg(test)]
mod tests;
