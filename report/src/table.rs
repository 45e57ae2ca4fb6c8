//! Tables, as text for a terminal and as Markdown.

use serde::{Deserialize, Serialize};

/// Figures in rows and columns. Cells are Markdown.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Table {
	title: String,
	columns: Vec<String>,
	rows: Vec<Vec<String>>,
}

impl Table {
	/// A table without rows. An empty title is not shown.
	pub fn new(
		title: impl Into<String>,
		columns: impl IntoIterator<Item = impl Into<String>>,
	) -> Self {
		Self {
			title: title.into(),
			columns: columns.into_iter().map(Into::into).collect(),
			rows: Vec::new(),
		}
	}

	/// Adds a row, which has a cell for every column.
	pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
		let cells: Vec<String> = cells.into_iter().collect();
		assert_eq!(
			cells.len(),
			self.columns.len(),
			"a row of {:?} has a cell for every column",
			self.title
		);
		self.rows.push(cells);
	}

	/// The table for a terminal, in aligned columns.
	pub fn text(&self) -> String {
		let widths: Vec<usize> = (0..self.columns.len())
			.map(|column| self.width(column))
			.collect();
		let line = |cells: &[String]| {
			let cells: Vec<String> = cells
				.iter()
				.enumerate()
				.map(|(column, cell)| match self.is_numeric(column) {
					true => format!("{cell:>width$}", width = widths[column]),
					false => format!("{cell:<width$}", width = widths[column]),
				})
				.collect();
			cells.join("  ").trim_end().to_string()
		};
		let mut lines = Vec::new();
		if !self.title.is_empty() {
			lines.push(format!("{}:", self.title));
		}
		lines.push(line(&self.columns));
		lines.extend(self.rows.iter().map(|row| line(row)));
		lines.join("\n")
	}

	/// The table for a document.
	pub fn markdown(&self) -> String {
		let line = |cells: &[String]| {
			let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
			format!("| {} |", cells.join(" | "))
		};
		let mut lines = Vec::new();
		if !self.title.is_empty() {
			lines.extend([format!("**{}**", self.title), String::new()]);
		}
		lines.push(line(&self.columns));
		let rules: Vec<&str> = (0..self.columns.len())
			.map(|column| match self.is_numeric(column) {
				true => "--:",
				false => "---",
			})
			.collect();
		lines.push(format!("|{}|", rules.join("|")));
		lines.extend(self.rows.iter().map(|row| line(row)));
		lines.join("\n")
	}

	fn width(&self, column: usize) -> usize {
		self.rows
			.iter()
			.chain([&self.columns])
			.map(|cells| cells[column].chars().count())
			.max()
			.unwrap_or_default()
	}

	/// Whether a column has nothing but numbers, which stand at the right.
	fn is_numeric(&self, column: usize) -> bool {
		let cells = || self.rows.iter().map(|cells| cells[column].as_str());
		cells().any(|cell| cell.contains(|digit: char| digit.is_ascii_digit()))
			&& cells().all(|cell| {
				cell.chars()
					.all(|sign| sign.is_ascii_digit() || ".,-%".contains(sign))
			})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn table() -> Table {
		let mut table = Table::new("Calls", ["call", "µs", "note"]);
		table.row(["a | b".into(), "5.0".into(), String::new()]);
		table.row(["`transfer`".into(), "1,233.8".into(), "1 of 2".into()]);
		table
	}

	#[test]
	fn text_is_aligned_and_numbers_stand_at_the_right() {
		let lines = [
			"Calls:",
			"call             µs  note",
			"a | b           5.0",
			"`transfer`  1,233.8  1 of 2",
		];
		assert_eq!(table().text(), lines.join("\n"));
	}

	#[test]
	fn markdown_has_a_title_a_head_and_rows() {
		let lines = [
			"**Calls**",
			"",
			"| call | µs | note |",
			"|---|--:|---|",
			"| a \\| b | 5.0 |  |",
			"| `transfer` | 1,233.8 | 1 of 2 |",
		];
		assert_eq!(table().markdown(), lines.join("\n"));
	}

	#[test]
	fn a_table_without_a_title_begins_with_its_head() {
		let table = Table::new("", ["call"]);
		assert_eq!(table.text(), "call");
		assert_eq!(table.markdown(), "| call |\n|---|");
	}

	#[test]
	#[should_panic(expected = "a cell for every column")]
	fn a_row_with_too_few_cells_is_refused() {
		table().row(["only one".into()]);
	}
}
