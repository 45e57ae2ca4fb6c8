//! What one benchmark has measured.

use std::{env, fs, io, path::PathBuf, process::ExitCode};

use serde::{Deserialize, Serialize};

use crate::{
	figures,
	target::{overview, Bound, Target},
	Plot, Table,
};

/// The environment variable with the folder that parts are written into.
pub const FOLDER: &str = "MADANG_FIGURES";

/// What one benchmark has measured, and when and where.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Part {
	name: String,
	date: String,
	machine: String,
	tables: Vec<Table>,
	notes: Vec<String>,
	targets: Vec<Target>,
	plots: Vec<Plot>,
}

impl Part {
	/// A part that is measured now, on this machine. Its name is that of its file and of its place
	/// in the document, so it is one word.
	pub fn new(name: impl Into<String>) -> Self {
		Self {
			name: name.into(),
			date: figures::today(),
			machine: figures::machine(),
			tables: Vec::new(),
			notes: Vec::new(),
			targets: Vec::new(),
			plots: Vec::new(),
		}
	}

	/// Whether the command line has `--dry`: then a benchmark only shows that it works, with its
	/// smallest sizes and without targets, and says so in a note.
	pub fn quick() -> bool {
		has_argument("--dry")
	}

	/// Its name.
	pub fn name(&self) -> &str {
		&self.name
	}

	/// Its targets.
	pub fn targets(&self) -> &[Target] {
		&self.targets
	}

	/// Its plots.
	pub fn plots(&self) -> &[Plot] {
		&self.plots
	}

	/// Adds a table.
	pub fn table(&mut self, table: Table) {
		self.tables.push(table);
	}

	/// Adds a paragraph that stands below the tables.
	pub fn note(&mut self, text: impl Into<String>) {
		self.notes.push(text.into());
	}

	/// Adds a figure that has to be within a bound.
	pub fn target(&mut self, what: impl Into<String>, measured: f64, bound: Bound) {
		self.targets.push(Target::new(what, measured, bound));
	}

	/// Adds a plot. Points that are no numbers are left out.
	pub fn plot(&mut self, mut plot: Plot) {
		for series in &mut plot.series {
			series
				.points
				.retain(|(x, y)| x.is_finite() && y.is_finite());
		}
		self.plots.push(plot);
	}

	/// Prints everything, and writes it into the folder that [`FOLDER`] names. Fails when that is
	/// not possible, and with `--check` on the command line when a target was missed; without,
	/// a miss is only told, because a busy machine proves nothing.
	pub fn finish(self) -> ExitCode {
		println!("{}", self.text());
		if let Err(error) = self.keep() {
			eprintln!("the figures of {} are not kept: {error}", self.name);
			return ExitCode::FAILURE;
		}
		let missed = self.targets.iter().any(|target| !target.is_met());
		if missed && has_argument("--check") {
			return ExitCode::FAILURE;
		}
		ExitCode::SUCCESS
	}

	/// The part for a terminal.
	fn text(&self) -> String {
		let mut blocks = vec![format!("{}, {}, {}", self.name, self.date, self.machine)];
		blocks.extend(self.tables.iter().map(Table::text));
		blocks.extend(self.notes.clone());
		if !self.targets.is_empty() {
			blocks.push(overview(&self.targets, "ok", "MISSED").text());
		}
		let mut text = blocks.join("\n\n");
		text.push('\n');
		text
	}

	/// The part for a document that has its pictures in this folder.
	pub fn markdown(&self, pictures: &str) -> String {
		let mut blocks = vec![format!("Measured on {}: {}.", self.date, self.machine)];
		blocks.extend(self.tables.iter().map(Table::markdown));
		blocks.extend(self.notes.clone());
		if !self.targets.is_empty() {
			blocks.push(overview(&self.targets, "met", "missed").markdown());
		}
		let pictures = self.plots.iter().map(|plot| plot.link(pictures));
		blocks.extend(pictures);
		blocks.join("\n\n")
	}

	fn keep(&self) -> io::Result<()> {
		let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
			return Ok(());
		};
		fs::create_dir_all(&folder)?;
		let json = serde_json::to_string_pretty(self)?;
		fs::write(folder.join(format!("{}.json", self.name)), json)
	}
}

/// Runs a benchmark, and ends as [`Part::finish`] does. `cargo test --all-targets` starts benchmarks too, but
/// without `--bench`: then nothing is measured.
pub fn benchmark(measure: impl FnOnce() -> Part) -> ExitCode {
	if !has_argument("--bench") {
		println!("nothing is measured in a test run; use `cargo bench`");
		return ExitCode::SUCCESS;
	}
	measure().finish()
}

/// Whether the command line has this argument. Others, like the `--bench` of cargo, do not matter.
fn has_argument(name: &str) -> bool {
	env::args().skip(1).any(|argument| argument == name)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{Axis, Series};

	fn part() -> Part {
		let mut table = Table::new("Calls", ["call", "µs"]);
		table.row(["`remark`".into(), "1.0".into()]);
		let axis = |label: &str| Axis {
			label: label.into(),
			logarithmic: false,
		};
		let mut part = Part::new("calls");
		part.date = "2026-11-26".into();
		part.machine = "a machine".into();
		part.table(table);
		part.note("Medians.");
		part.target("`remark`", 1.0, Bound::AtMost(2.0));
		part.plot(Plot {
			file: "growth".into(),
			title: "Growth".into(),
			x: axis("cells"),
			y: axis("µs"),
			series: vec![Series {
				name: "claim".into(),
				points: vec![(1.0, 2.0), (2.0, f64::NAN)],
			}],
		});
		part
	}

	#[test]
	fn text_has_everything_but_the_plots() {
		let blocks = [
			"calls, 2026-11-26, a machine",
			"Calls:\ncall       µs\n`remark`  1.0",
			"Medians.",
			"what      measured  target     outcome\n`remark`         1  at most 2  ok\n",
		];
		assert_eq!(part().text(), blocks.join("\n\n"));
	}

	#[test]
	fn markdown_has_the_day_and_the_pictures_too() {
		let text = part().markdown("performance");
		assert!(text.starts_with("Measured on 2026-11-26: a machine.\n\n**Calls**\n\n"));
		assert!(text.contains("| `remark` | 1 | at most 2 | met |"));
		assert!(text.ends_with("\n\n![Growth](performance/growth.svg)"));
	}

	#[test]
	fn a_part_survives_its_file() {
		let json = serde_json::to_string(&part()).expect("a part is written");
		let read: Part = serde_json::from_str(&json).expect("and read again");
		assert_eq!(read.text(), part().text());
		assert_eq!(read.plots()[0].series[0].points, [(1.0, 2.0)]);
	}
}
