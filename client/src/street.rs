//! Opens a street: doors from plots in a town to worlds, links between worlds, and people who go
//! through.
//!
//! - [`plan`]: who has which plot, which worlds are linked, who goes where; a story with portals.
//! - [`player`] plays a plan on a chain and goes on where an earlier run stopped.
//! - [`books`]: where the money of the visitors went.
//! - [`chart`]: draws worlds, plots and portals as a picture and as text.
//! - [`list`] builds the lists of those whom a portal lets through.
//! - [`calls`] builds the calls, [`answers`] reads what `portal_*` answers.

use std::path::Path;

use self::{books::Books, chart::Chart};

pub mod answers;
pub mod books;
pub mod calls;
pub mod chart;
mod check;
mod journey;
pub mod list;
pub mod plan;
pub mod player;

/// What came of a plan.
pub struct Report {
	/// Transactions that were sent in this run.
	pub transactions: usize,
	/// Portals of the plan, which are all on the chain.
	pub portals: usize,
	/// Where the money of the visitors went in this run, for each asset.
	pub books: Vec<Books>,
	/// What stands on the chain.
	pub chart: Chart,
}

impl Report {
	/// Writes the picture, and the same as text with the books.
	pub fn write(&self, folder: &Path) -> std::io::Result<()> {
		std::fs::create_dir_all(folder)?;
		std::fs::write(folder.join("street.svg"), self.chart.svg())?;
		std::fs::write(folder.join("street.txt"), self.text())
	}

	/// The picture as text, and the books.
	pub fn text(&self) -> String {
		let books: Vec<String> = self.books.iter().map(Books::text).collect();
		format!("{}\n{}", self.chart.text(), books.concat())
	}
}
