//! What grows, and how the figures are told.

use madang_report::{figures::grouped, Axis, Bound, Part, Plot, Series, Table};

use crate::measure::{measure, Figures, Stage};

/// Something of which there is more and more.
pub struct Topic {
	/// Name of its plot.
	pub name: &'static str,
	/// What there is more of, like "portals".
	pub growing: &'static str,
	/// How much of it, the smallest first.
	pub sizes: [u32; 4],
	/// The calls that are measured.
	pub calls: &'static [Call],
	/// Makes a chain with so much of it, with a block prepared for each call in the same order.
	pub stage: fn(u32) -> Stage,
	/// What the chains are made of.
	pub note: &'static str,
}

/// A call that is measured.
pub struct Call {
	/// Pallet and name.
	pub name: &'static str,
	/// Most that it may cost on the largest chain in terms of the smallest; `None` when it is for
	/// information.
	pub target: Option<f64>,
}

/// How much is measured.
pub struct Effort {
	/// How many of the sizes.
	sizes: usize,
	/// Rounds for each call.
	pub rounds: usize,
	/// Times that a round executes each block.
	pub repeats: usize,
	/// Whether the figures are good enough for targets.
	targets: bool,
}

impl Effort {
	/// Everything.
	pub const FULL: Self = Self {
		sizes: 4,
		rounds: 9,
		repeats: 9,
		targets: true,
	};

	/// As little as shows that it works.
	pub const QUICK: Self = Self {
		sizes: 2,
		rounds: 2,
		repeats: 2,
		targets: false,
	};
}

impl Topic {
	/// Measures every call on chains of all sizes.
	pub fn measure(&self, effort: &Effort, part: &mut Part) {
		let sizes = &self.sizes[..effort.sizes];
		let stages = self.stages(sizes);
		let mut lines = Vec::new();
		for (number, call) in self.calls.iter().enumerate() {
			eprintln!("measuring {}", call.name);
			let figures = measure(&stages, number, effort);
			part.table(self.table(call, sizes, &figures));
			if let Some(target) = call.target.filter(|_| effort.targets) {
				let what = self.comparison(call, sizes);
				let largest = figures.last().expect("there are sizes");
				part.target(what, largest.ratio, Bound::AtMost(target));
			}
			lines.push(line(call, sizes, &figures));
		}
		part.note(self.note);
		part.plot(self.plot(lines));
	}

	/// The chains, the smallest first. The largest is made first, so that its database has written
	/// everything down before anything is measured.
	fn stages(&self, sizes: &[u32]) -> Vec<Stage> {
		let mut stages: Vec<Stage> = sizes
			.iter()
			.rev()
			.map(|size| {
				eprintln!(
					"making a chain: {}, {}",
					self.growing,
					grouped((*size).into())
				);
				(self.stage)(*size)
			})
			.collect();
		stages.reverse();
		stages
	}

	fn table(&self, call: &Call, sizes: &[u32], figures: &[Figures]) -> Table {
		let title = format!("`{}` and the number of {}", call.name, self.growing);
		let columns = [
			self.growing,
			"transaction, µs",
			"ratio",
			"spread of the ratio",
			"call alone, µs",
			"its ratio",
		];
		let mut table = Table::new(title, columns);
		for (size, figures) in sizes.iter().zip(figures) {
			let (lowest, highest) = figures.ratios;
			table.row([
				grouped((*size).into()),
				format!("{:.1}", figures.whole),
				format!("{:.2}", figures.ratio),
				format!("{lowest:.2} to {highest:.2}"),
				format!("{:.1}", figures.call),
				format!("{:.2}", figures.call_ratio),
			]);
		}
		table
	}

	/// What is compared in the target of a call.
	fn comparison(&self, call: &Call, sizes: &[u32]) -> String {
		let (smallest, largest) = (sizes[0], sizes[sizes.len() - 1]);
		format!(
			"`{}`, {} {} against {}",
			call.name,
			grouped(largest.into()),
			self.growing,
			grouped(smallest.into())
		)
	}

	fn plot(&self, lines: Vec<Series>) -> Plot {
		Plot {
			file: self.name.into(),
			title: format!("Time of a transaction and the number of {}", self.growing),
			x: Axis {
				label: self.growing.into(),
				logarithmic: true,
			},
			y: Axis {
				label: "µs".into(),
				logarithmic: false,
			},
			series: lines,
		}
	}
}

fn line(call: &Call, sizes: &[u32], figures: &[Figures]) -> Series {
	let points = sizes
		.iter()
		.zip(figures)
		.map(|(size, figures)| (f64::from(*size), figures.whole))
		.collect();
	Series {
		name: call.name.into(),
		points,
	}
}
