//! Draws the money of a campaign over time.

use std::fmt::Write;

use madang_primitives::{escrow::Phase, Balance};
use madang_runtime::BlockNumber;

use super::answers::Campaign;
use crate::{map::escape, money::Unit};

/// Width of the picture.
const WIDTH: f64 = 1_000.0;
/// Height of the picture.
const HEIGHT: f64 = 580.0;
/// Where the plot begins, from the left.
const LEFT: f64 = 90.0;
/// Where the plot ends, from the left.
const RIGHT: f64 = WIDTH - 24.0;
/// Where the plot begins, from the top.
const TOP: f64 = 108.0;
/// Where the plot ends, from the top.
const BOTTOM: f64 = HEIGHT - 116.0;
/// Height of the band with the phases.
const BAND: f64 = 22.0;
/// Width of a small letter.
const LETTER: f64 = 6.4;
/// Numbers on the axis of the money, about.
const TICKS: f64 = 5.0;

/// What money of a campaign can be, with its colour, from the bottom of the picture to its top.
const LAYERS: [(&str, &str); 5] = [
	("released to the startup", "#2f7d5b"),
	("network fees", "#8a6fb8"),
	("left with by investors who were overruled", "#d98b3a"),
	("refunded, withdrawn or claimed by investors", "#c9b458"),
	("waits in the pot", "#8fb8de"),
];

/// The money of a campaign in one block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
	/// The block.
	pub block: BlockNumber,
	/// How far the campaign had come.
	pub phase: Phase,
	/// What its money was, in the order of the legend.
	pub layers: [Balance; LAYERS.len()],
}

impl From<&Campaign> for Sample {
	fn from(campaign: &Campaign) -> Self {
		let money = &campaign.money;
		Self {
			block: campaign.now.block,
			phase: campaign.phase,
			layers: [
				money.released,
				money.fees,
				money.exited,
				money
					.refunded
					.saturating_add(money.withdrawn)
					.saturating_add(money.claimed),
				campaign.pool.saturating_add(campaign.stale),
			],
		}
	}
}

impl Sample {
	/// All of its money.
	fn total(&self) -> Balance {
		self.layers.iter().copied().fold(0, Balance::saturating_add)
	}
}

/// A campaign's money over time.
#[derive(Clone, Debug)]
pub struct Chart {
	/// What stands above it.
	pub title: String,
	/// How amounts are written.
	pub unit: Unit,
	/// One sample for each block, in order.
	pub samples: Vec<Sample>,
}

/// Where blocks and amounts are in the picture.
struct Scale {
	first: f64,
	blocks: f64,
	top: f64,
}

impl Scale {
	fn x(&self, block: f64) -> f64 {
		LEFT + (block - self.first) / self.blocks * (RIGHT - LEFT)
	}

	fn y(&self, amount: f64) -> f64 {
		BOTTOM - amount / self.top * (BOTTOM - TOP)
	}
}

impl Chart {
	/// The chart as an SVG document: layers of money that always add up to what came in, the phases
	/// above them, blocks below, and a legend.
	pub fn svg(&self) -> String {
		let mut svg = String::new();
		// Writing to a string does not fail.
		let _ = self.write_svg(&mut svg);
		svg
	}

	fn write_svg(&self, svg: &mut String) -> std::fmt::Result {
		let title = escape(&self.title);
		writeln!(
			svg,
			r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">"##
		)?;
		writeln!(svg, "<title>{title}</title>")?;
		writeln!(
			svg,
			r##"<rect width="100%" height="100%" fill="#f6f5f1"/>"##
		)?;
		writeln!(
			svg,
			r##"<text x="24" y="36" font-size="16" font-weight="bold">{title}</text>"##
		)?;
		writeln!(
			svg,
			r##"<text x="24" y="58" fill="#666666">money of the campaign in {}, block by block; a bond that was lost comes on top</text>"##,
			escape(&self.unit.symbol)
		)?;
		let (Some(first), Some(last)) = (self.samples.first(), self.samples.last()) else {
			writeln!(svg, r##"<text x="24" y="108">nothing was seen</text>"##)?;
			return writeln!(svg, "</svg>");
		};
		let most = self.samples.iter().map(Sample::total).max().unwrap_or(0);
		let step = tick(self.unit.approximate(most) / TICKS);
		let scale = Scale {
			first: f64::from(first.block),
			// The last block is as wide as the others.
			blocks: f64::from(last.block - first.block) + 1.0,
			top: (self.unit.approximate(most) / step).ceil().max(1.0) * step,
		};
		self.write_layers(svg, &scale)?;
		self.write_phases(svg, &scale)?;
		self.write_axes(svg, &scale, step)?;
		self.write_legend(svg, last)?;
		writeln!(svg, "</svg>")
	}

	/// Each layer as a polygon: along its upper edge, and back along the lower one.
	fn write_layers(&self, svg: &mut String, scale: &Scale) -> std::fmt::Result {
		let mut floor = vec![0; self.samples.len()];
		for (index, (name, colour)) in LAYERS.iter().enumerate() {
			let ceiling: Vec<Balance> = floor
				.iter()
				.zip(&self.samples)
				.map(|(below, sample)| sample.layers[index].saturating_add(*below))
				.collect();
			let mut points = self.edge(&ceiling, scale);
			points.extend(self.edge(&floor, scale).into_iter().rev());
			let points: Vec<String> = points
				.into_iter()
				.map(|(x, y)| format!("{x:.1},{y:.1}"))
				.collect();
			writeln!(
				svg,
				r##"<polygon points="{}" fill="{colour}"><title>{name}</title></polygon>"##,
				points.join(" ")
			)?;
			floor = ceiling;
		}
		Ok(())
	}

	/// A line of steps: an amount holds until the next sample.
	fn edge(&self, amounts: &[Balance], scale: &Scale) -> Vec<(f64, f64)> {
		self.spans()
			.zip(amounts)
			.flat_map(|((from, until, _), amount)| {
				let y = scale.y(self.unit.approximate(*amount));
				[(scale.x(from), y), (scale.x(until), y)]
			})
			.collect()
	}

	/// From where until where each sample holds, and its phase.
	fn spans(&self) -> impl Iterator<Item = (f64, f64, Phase)> + '_ {
		self.samples.iter().enumerate().map(|(index, sample)| {
			let from = f64::from(sample.block);
			let until = self
				.samples
				.get(index + 1)
				.map_or(from + 1.0, |next| f64::from(next.block));
			(from, until, sample.phase)
		})
	}

	/// The phases as a band above the money, each with its name if there is room for it.
	fn write_phases(&self, svg: &mut String, scale: &Scale) -> std::fmt::Result {
		let mut bands: Vec<(f64, f64, Phase)> = Vec::new();
		for (from, until, phase) in self.spans() {
			match bands.last_mut() {
				Some((_, end, same)) if *same == phase => *end = until,
				_ => bands.push((from, until, phase)),
			}
		}
		for (from, until, phase) in bands {
			let (x, width) = (scale.x(from), scale.x(until) - scale.x(from));
			let name = words(phase);
			writeln!(
				svg,
				r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{BAND}" fill="{fill}" stroke="#ffffff"><title>{name}: block {from} to {last}</title></rect>"##,
				y = TOP - BAND - 6.0,
				fill = tint(phase),
				last = until - 1.0,
			)?;
			writeln!(
				svg,
				r##"<line x1="{x:.1}" y1="{TOP}" x2="{x:.1}" y2="{BOTTOM}" stroke="#ffffff" stroke-opacity="0.6"/>"##
			)?;
			if width > LETTER * name.len() as f64 + 6.0 {
				writeln!(
					svg,
					r##"<text x="{:.1}" y="{:.1}" text-anchor="middle" font-size="11">{name}</text>"##,
					x + width / 2.0,
					TOP - 13.0
				)?;
			}
		}
		Ok(())
	}

	fn write_axes(&self, svg: &mut String, scale: &Scale, step: f64) -> std::fmt::Result {
		let mut amount = 0.0;
		while amount <= scale.top + step / 2.0 {
			let y = scale.y(amount);
			writeln!(
				svg,
				r##"<line x1="{LEFT}" y1="{y:.1}" x2="{RIGHT}" y2="{y:.1}" stroke="#222222" stroke-opacity="0.15"/><text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"##,
				LEFT - 8.0,
				y + 4.0,
				// Enough decimals for a step of a tenth; a whole number has none.
				if step < 1.0 {
					format!("{amount:.2}")
				} else {
					format!("{amount:.0}")
				}
			)?;
			amount += step;
		}
		writeln!(
			svg,
			r##"<text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"##,
			LEFT - 8.0,
			TOP - 13.0,
			escape(&self.unit.symbol)
		)?;
		let step = tick(scale.blocks / 10.0).max(1.0);
		let mut block = (scale.first / step).ceil() * step;
		while block < scale.first + scale.blocks {
			let x = scale.x(block);
			writeln!(
				svg,
				r##"<line x1="{x:.1}" y1="{BOTTOM}" x2="{x:.1}" y2="{:.1}" stroke="#222222"/><text x="{x:.1}" y="{:.1}" text-anchor="middle">{block:.0}</text>"##,
				BOTTOM + 5.0,
				BOTTOM + 19.0
			)?;
			block += step;
		}
		writeln!(
			svg,
			r##"<line x1="{LEFT}" y1="{BOTTOM}" x2="{RIGHT}" y2="{BOTTOM}" stroke="#222222"/><text x="{RIGHT}" y="{:.1}" text-anchor="end">block</text>"##,
			BOTTOM + 34.0
		)
	}

	/// What the colours mean, with the amounts in the last block.
	fn write_legend(&self, svg: &mut String, last: &Sample) -> std::fmt::Result {
		for (index, (name, colour)) in LAYERS.iter().enumerate() {
			let (column, row) = ((index % 2) as f64, (index / 2) as f64);
			let (x, y) = (LEFT + column * 460.0, BOTTOM + 42.0 + row * 19.0);
			writeln!(
				svg,
				r##"<rect x="{x:.1}" y="{y:.1}" width="13" height="13" fill="{colour}"/><text x="{:.1}" y="{:.1}">{name}: {} {}</text>"##,
				x + 20.0,
				y + 11.0,
				self.unit.format(last.layers[index]),
				escape(&self.unit.symbol)
			)?;
		}
		Ok(())
	}
}

/// The next round number: 1, 2 or 5 times a power of ten.
fn tick(about: f64) -> f64 {
	if !about.is_finite() || about <= 0.0 {
		return 1.0;
	}
	let power = 10f64.powf(about.log10().floor());
	[1.0, 2.0, 5.0]
		.into_iter()
		.map(|factor| factor * power)
		.find(|step| *step >= about)
		.unwrap_or(10.0 * power)
}

/// A phase as it stands in the picture.
fn words(phase: Phase) -> &'static str {
	match phase {
		Phase::Draft => "draft",
		Phase::Upcoming => "upcoming",
		Phase::Open => "open",
		Phase::Locked => "locked",
		Phase::Reconfirm => "reconfirm",
		Phase::Ended => "ended",
		Phase::Working => "working",
		Phase::Voting => "voting",
		Phase::Decided => "decided",
		Phase::Grace => "grace",
		Phase::Payable => "payable",
		Phase::Disputed => "disputed",
		Phase::Overdue => "overdue",
		Phase::Failed => "failed",
		Phase::WindDown => "wind-down",
		Phase::Completed => "completed",
	}
}

/// Colour of a phase: blue while money comes in, green while there is work, yellow while investors
/// decide, red when something went wrong.
fn tint(phase: Phase) -> &'static str {
	match phase {
		Phase::Draft | Phase::Upcoming => "#dddddd",
		Phase::Open => "#b9d7f2",
		Phase::Locked | Phase::Reconfirm => "#96bfe6",
		Phase::Ended => "#c8c8c8",
		Phase::Working | Phase::Completed => "#b5dcb5",
		Phase::Voting | Phase::Decided => "#f4e3a1",
		Phase::Grace => "#f0cf9b",
		Phase::Payable => "#8fcf9f",
		Phase::Disputed | Phase::Overdue => "#efb0a4",
		Phase::Failed | Phase::WindDown => "#e8b9c4",
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn sample(block: BlockNumber, phase: Phase, layers: [Balance; 5]) -> Sample {
		Sample {
			block,
			phase,
			layers,
		}
	}

	fn chart(samples: Vec<Sample>) -> Chart {
		Chart {
			title: "A & B <campaign>".into(),
			unit: Unit {
				symbol: "TUSD".into(),
				decimals: 2,
			},
			samples,
		}
	}

	#[test]
	fn a_chart_has_phases_amounts_and_a_legend() {
		let svg = chart(vec![
			sample(10, Phase::Open, [0, 0, 0, 0, 0]),
			sample(12, Phase::Open, [0, 0, 0, 0, 100_000]),
			sample(20, Phase::Working, [49_000, 1_000, 0, 0, 50_000]),
			sample(30, Phase::WindDown, [49_000, 1_000, 0, 51_500, 0]),
		])
		.svg();
		assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
		assert!(svg.contains("A &amp; B &lt;campaign&gt;"));
		assert!(svg.contains("open: block 10 to 19"));
		assert!(svg.contains("working: block 20 to 29"));
		assert!(svg.contains("refunded, withdrawn or claimed by investors: 515 TUSD"));
		assert_eq!(svg.matches("<polygon ").count(), LAYERS.len());
		assert!(!svg.contains("NaN") && !svg.contains("inf"));
	}

	#[test]
	fn a_chart_of_nothing_is_still_a_picture() {
		for samples in [Vec::new(), vec![sample(1, Phase::Draft, [0; LAYERS.len()])]] {
			let svg = chart(samples).svg();
			assert!(svg.ends_with("</svg>\n"));
			assert!(!svg.contains("NaN") && !svg.contains("inf"));
		}
	}

	#[test]
	fn ticks_are_round() {
		for (about, expected) in [(0.3, 0.5), (1.0, 1.0), (7.0, 10.0), (250.0, 500.0)] {
			assert!((tick(about) - expected).abs() < 1e-9, "{about}");
		}
		assert!((tick(0.0) - 1.0).abs() < 1e-9);
	}
}
