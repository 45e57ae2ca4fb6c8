//! Draws a territory: as a picture for a browser, and as text for a terminal.

use std::fmt::Write;

use madang_primitives::{
	geometry::{Area, Size},
	ParcelId,
};

/// Columns that a map takes in a terminal at most.
const MAX_COLUMNS: u16 = 100;

/// Letters of the owners on the text map. Those that come later share the last sign.
const LETTERS: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Sign of the owners for whom there is no letter.
const NO_LETTER: char = '#';

/// Length of the longer side of a picture, without title and legend.
const PICTURE: f64 = 960.0;

/// Space around the picture.
const MARGIN: f64 = 24.0;

/// Height of a line of the legend.
const LINE: f64 = 22.0;

/// A territory and who owns what in it.
#[derive(Clone, Debug)]
pub struct Map {
	/// What stands above it.
	pub title: String,
	/// Width and height in cells.
	pub size: Size,
	/// Everybody who owns something, in the order of the legend.
	pub owners: Vec<Owner>,
	/// The parcels.
	pub parcels: Vec<Parcel>,
}

/// Somebody who owns land.
#[derive(Clone, Debug)]
pub struct Owner {
	/// How people call it.
	pub name: String,
	/// Its address.
	pub address: String,
}

/// A parcel on a map.
#[derive(Clone, Debug)]
pub struct Parcel {
	/// Its id.
	pub id: ParcelId,
	/// Its cells.
	pub area: Area,
	/// Which of the owners; nobody when the parcel waits for `reap`.
	pub owner: Option<usize>,
}

impl Map {
	/// The map as an SVG document: owners in colours with a legend, free cells blank, parcels
	/// outlined, and each parcel with its id, size and owner as a tooltip.
	pub fn svg(&self) -> String {
		let (columns, rows) = (f64::from(self.size.width), f64::from(self.size.height));
		let scale = (PICTURE / columns.max(rows)).clamp(1.0, 48.0);
		let (width, height) = (columns * scale, rows * scale);
		let top = MARGIN + 2.0 * LINE;
		let legend = top + height + LINE;
		// Wide enough for an address in the legend, however narrow the territory is.
		let full_width = width.max(760.0) + 2.0 * MARGIN;
		let full_height = legend + LINE * (self.owners.len() as f64 + 1.0) + MARGIN;
		let mut svg = String::new();
		// Writing to a string does not fail.
		let _ = self.write_svg(
			&mut svg,
			Frame {
				scale,
				width,
				height,
				top,
				legend,
				full_width,
				full_height,
			},
		);
		svg
	}

	/// The map as text of at most 100 columns, with a legend. A capital letter stands for an owner of
	/// at least half of the cells there, a small one for less, a dot for free land. `colour` adds the
	/// colours of terminals.
	pub fn text(&self, colour: bool) -> String {
		let mut text = format!("{}\n", self.title);
		let (width, height) = self.block();
		let across = self.size.width.div_ceil(width);
		let down = self.size.height.div_ceil(height);
		let rule = format!("+{}+\n", "-".repeat(usize::from(across)));
		text.push_str(&rule);
		for row in 0..down {
			text.push('|');
			for column in 0..across {
				let block = self.cut(column * width, row * height, width, height);
				self.push_block(&mut text, &block, colour);
			}
			text.push_str("|\n");
		}
		text.push_str(&rule);
		for (index, owner) in self.owners.iter().enumerate() {
			let sign = painted(letter(index), index, colour);
			let _ = writeln!(
				text,
				"{sign} {}  {}  {}",
				owner.name,
				self.tally(index),
				owner.address
			);
		}
		let cells = self.size.cells();
		let _ = writeln!(
			text,
			". free  {} of {cells} cells; one sign is {width}x{height} cells",
			cells
				- self
					.parcels
					.iter()
					.map(|parcel| parcel.area.cells())
					.sum::<u32>()
					.min(cells),
		);
		text
	}

	fn write_svg(&self, svg: &mut String, frame: Frame) -> std::fmt::Result {
		let Frame {
			scale,
			width,
			height,
			top,
			legend,
			full_width,
			full_height,
		} = frame;
		let title = escape(&self.title);
		writeln!(
			svg,
			r##"<svg xmlns="http://www.w3.org/2000/svg" width="{full_width:.0}" height="{full_height:.0}" viewBox="0 0 {full_width:.0} {full_height:.0}" font-family="sans-serif" font-size="14">"##
		)?;
		writeln!(svg, "<title>{title}</title>")?;
		writeln!(
			svg,
			r##"<rect width="100%" height="100%" fill="#f6f5f1"/>"##
		)?;
		writeln!(
			svg,
			r##"<text x="{MARGIN}" y="{y}" font-size="22" font-weight="bold">{title}</text>"##,
			y = MARGIN + LINE
		)?;
		writeln!(svg, r##"<g transform="translate({MARGIN} {top})">"##)?;
		writeln!(
			svg,
			r##"<rect width="{width:.2}" height="{height:.2}" fill="#ffffff" stroke="#222222" stroke-width="2"/>"##
		)?;
		// The outline of a parcel of few dots must not hide its colour.
		let outline = (scale / 8.0).clamp(0.25, 1.0);
		for Parcel { id, area, owner } in &self.parcels {
			let at = |cells: u16| f64::from(cells) * scale;
			let fill = owner.map_or_else(|| "#bbbbbb".to_string(), fill);
			let who = owner
				.and_then(|index| self.owners.get(index))
				.map_or("nobody, waits for reap", |owner| owner.name.as_str());
			writeln!(
				svg,
				r##"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" fill="{fill}" stroke="#222222" stroke-width="{outline:.2}"><title>parcel {id}: {}x{} at ({}, {}), {}</title></rect>"##,
				at(area.x),
				at(area.y),
				at(area.width),
				at(area.height),
				area.width,
				area.height,
				area.x,
				area.y,
				escape(who),
			)?;
		}
		writeln!(svg, "</g>")?;
		for (index, owner) in self.owners.iter().enumerate() {
			let y = legend + LINE * index as f64;
			writeln!(
				svg,
				r##"<rect x="{MARGIN}" y="{y:.2}" width="16" height="16" fill="{}" stroke="#222222"/><text x="{:.2}" y="{:.2}">{} ({}) <tspan fill="#666666" font-size="12">{}</tspan></text>"##,
				fill(index),
				MARGIN + 26.0,
				y + 13.0,
				escape(&owner.name),
				self.tally(index),
				escape(&owner.address),
			)?;
		}
		let y = legend + LINE * self.owners.len() as f64;
		writeln!(
			svg,
			r##"<rect x="{MARGIN}" y="{y:.2}" width="16" height="16" fill="#ffffff" stroke="#222222"/><text x="{:.2}" y="{:.2}">free; the territory is {}x{} cells</text>"##,
			MARGIN + 26.0,
			y + 13.0,
			self.size.width,
			self.size.height,
		)?;
		writeln!(svg, "</svg>")
	}

	/// Parcels and cells of one owner in words.
	fn tally(&self, owner: usize) -> String {
		let (parcels, cells) = self
			.parcels
			.iter()
			.filter(|parcel| parcel.owner == Some(owner))
			.fold((0u32, 0u32), |(parcels, cells), parcel| {
				(parcels + 1, cells + parcel.area.cells())
			});
		let s = |count: u32| if count == 1 { "" } else { "s" };
		format!("{parcels} parcel{}, {cells} cell{}", s(parcels), s(cells))
	}

	/// Cells that one sign stands for. Signs are twice as high as wide, which counts once a sign
	/// stands for several cells anyway.
	fn block(&self) -> (u16, u16) {
		match self.size.width.div_ceil(MAX_COLUMNS).max(1) {
			1 if self.size.height <= 40 => (1, 1),
			width => (width, width.saturating_mul(2)),
		}
	}

	/// A block, cut to what lies in the territory.
	fn cut(&self, x: u16, y: u16, width: u16, height: u16) -> Area {
		Area::new(
			x,
			y,
			width.min(self.size.width - x),
			height.min(self.size.height - y),
		)
	}

	/// The sign for a block: the owner of most cells in it.
	fn push_block(&self, text: &mut String, block: &Area, colour: bool) {
		let mut shares: Vec<(usize, u32)> = Vec::new();
		for parcel in &self.parcels {
			let cells = common_cells(&parcel.area, block);
			if cells == 0 {
				continue;
			}
			// Land that nobody owns any more is drawn as somebody's for whom there is no letter.
			let owner = parcel.owner.unwrap_or(usize::MAX);
			match shares.iter_mut().find(|(known, _)| *known == owner) {
				Some((_, share)) => *share += cells,
				None => shares.push((owner, cells)),
			}
		}
		// The first owner wins a tie, so that a map is always drawn in the same way.
		let most = shares.iter().rev().max_by_key(|(_, share)| *share);
		match most {
			None => text.push('.'),
			Some((owner, share)) => {
				let sign = letter(*owner);
				let sign = if share * 2 >= block.cells() {
					sign
				} else {
					sign.to_ascii_lowercase()
				};
				text.push_str(&painted(sign, *owner, colour));
			}
		}
	}
}

/// Where things are in a picture.
struct Frame {
	scale: f64,
	width: f64,
	height: f64,
	top: f64,
	legend: f64,
	full_width: f64,
	full_height: f64,
}

/// Letter of an owner.
fn letter(owner: usize) -> char {
	LETTERS
		.get(owner)
		.map_or(NO_LETTER, |letter| char::from(*letter))
}

/// A sign, on the colour of its owner if colours are wanted.
fn painted(sign: char, owner: usize, colour: bool) -> String {
	/// Light colours of the palette that terminals share.
	const COLOURS: [u8; 12] = [117, 222, 157, 211, 183, 216, 152, 229, 147, 180, 121, 218];
	if !colour {
		return sign.to_string();
	}
	format!(
		"\x1b[30;48;5;{}m{sign}\x1b[0m",
		COLOURS[owner % COLOURS.len()]
	)
}

/// Colour of an owner in the picture. The golden angle keeps neighbours in the legend far apart.
fn fill(owner: usize) -> String {
	let hue = (owner as f64 * 137.508 + 205.0) % 360.0;
	let light = [70, 58, 80][owner / 12 % 3];
	format!("hsl({hue:.0},62%,{light}%)")
}

/// Number of cells that both have.
fn common_cells(a: &Area, b: &Area) -> u32 {
	let common = |from: u16, end: u32, other_from: u16, other_end: u32| {
		end.min(other_end)
			.saturating_sub(from.max(other_from).into())
	};
	common(a.x, a.right(), b.x, b.right()) * common(a.y, a.bottom(), b.y, b.bottom())
}

/// Text as it may stand in XML, between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
	text.chars().filter(|c| !c.is_control()).fold(
		String::with_capacity(text.len()),
		|mut escaped, c| {
			match c {
				'&' => escaped.push_str("&amp;"),
				'<' => escaped.push_str("&lt;"),
				'>' => escaped.push_str("&gt;"),
				'"' => escaped.push_str("&quot;"),
				'\'' => escaped.push_str("&apos;"),
				c => escaped.push(c),
			}
			escaped
		},
	)
}

#[cfg(test)]
mod tests;
