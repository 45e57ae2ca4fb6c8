//! Puts parts into a document.
//!
//! A document has a place for each part, between two lines of its own: `<!-- NAME -->` and
//! `<!-- end of NAME -->`. What stands between them is replaced when the part was measured, and
//! stays as it is when it was not. The place [`TARGETS`] gets the targets of all parts that were.

use crate::{target::overview, Part, Table};

/// The place of the targets of all parts.
pub const TARGETS: &str = "targets";

/// A text with places.
#[derive(Clone, Debug)]
pub struct Document {
	lines: Vec<String>,
}

/// A place that is not marked as it should be.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadMark {
	/// There is no place of this name.
	#[error("the line `<!-- {0} -->` is missing; add it and `<!-- end of {0} -->` below")]
	Missing(String),
	/// There is more than one place of this name.
	#[error("`<!-- {0} -->` or `<!-- end of {0} -->` is there twice; leave one place")]
	Twice(String),
	/// The place has no end before the next mark.
	#[error("the line `<!-- end of {0} -->` is missing below `<!-- {0} -->`; add it before the next mark")]
	Unclosed(String),
}

/// A line that marks a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark<'a> {
	Begin(&'a str),
	End(&'a str),
}

impl<'a> Mark<'a> {
	fn of(line: &'a str) -> Option<Self> {
		let text = line.trim().strip_prefix("<!-- ")?.strip_suffix(" -->")?;
		if let Some(name) = text.strip_prefix("end of ") {
			return Some(Self::End(name));
		}
		let is_name = !text.contains(char::is_whitespace);
		is_name.then_some(Self::Begin(text))
	}
}

impl Document {
	/// The document with this text.
	pub fn new(text: &str) -> Self {
		Self {
			lines: text.split('\n').map(Into::into).collect(),
		}
	}

	/// Its text.
	pub fn text(&self) -> String {
		self.lines.join("\n")
	}

	/// The names of its places, in their order.
	pub fn places(&self) -> Vec<&str> {
		self.lines
			.iter()
			.filter_map(|line| match Mark::of(line) {
				Some(Mark::Begin(name)) => Some(name),
				_ => None,
			})
			.collect()
	}

	/// Replaces what stands in a place.
	pub fn replace(&mut self, name: &str, content: &str) -> Result<(), BadMark> {
		let begins = self.lines_with(Mark::Begin(name));
		let ends = self.lines_with(Mark::End(name));
		let begin = match (begins.as_slice(), ends.as_slice()) {
			([], _) => return Err(BadMark::Missing(name.into())),
			([_, _, ..], _) | (_, [_, _, ..]) => return Err(BadMark::Twice(name.into())),
			([begin], _) => begin + 1,
		};
		let length = self.lines[begin..]
			.iter()
			.position(|line| Mark::of(line).is_some())
			.filter(|length| ends == [begin + length])
			.ok_or_else(|| BadMark::Unclosed(name.into()))?;
		// Markdown wants an empty line between a comment and a table.
		let content = ["", content, ""].join("\n");
		let lines = content.split('\n').map(Into::into);
		self.lines.splice(begin..begin + length, lines);
		Ok(())
	}

	/// Puts every part into its place, with pictures in this folder, and their targets into the
	/// place [`TARGETS`].
	pub fn fill(
		&mut self,
		parts: &[Part],
		overview: &Overview,
		pictures: &str,
	) -> Result<(), BadMark> {
		for part in parts {
			self.replace(part.name(), &part.markdown(pictures))?;
		}
		self.replace(TARGETS, &overview.markdown())
	}

	fn lines_with(&self, mark: Mark<'_>) -> Vec<usize> {
		let lines = self.lines.iter().enumerate();
		lines
			.filter(|(_, line)| Mark::of(line) == Some(mark))
			.map(|(number, _)| number)
			.collect()
	}
}

/// The targets of all parts that were measured.
pub struct Overview {
	parts: Vec<Part>,
	unmeasured: Vec<String>,
}

impl Overview {
	/// The targets of these parts, of all those that the document has places for.
	pub fn new(parts: &[Part], document: &Document) -> Self {
		let is_unmeasured =
			|place: &&str| *place != TARGETS && parts.iter().all(|part| part.name() != *place);
		let unmeasured = document.places().into_iter().filter(is_unmeasured);
		Self {
			parts: parts.to_vec(),
			unmeasured: unmeasured.map(Into::into).collect(),
		}
	}

	/// The parts that the document has a place for and that were not measured.
	pub fn unmeasured(&self) -> &[String] {
		&self.unmeasured
	}

	/// The targets for a terminal.
	pub fn text(&self) -> String {
		format!("{}\n\n{}", self.table("ok", "MISSED").text(), self.tally())
	}

	/// The targets for the document.
	fn markdown(&self) -> String {
		let table = self.table("met", "missed").markdown();
		format!("{table}\n\n{}", self.tally())
	}

	fn table(&self, met: &str, missed: &str) -> Table {
		let targets = self.parts.iter().flat_map(Part::targets);
		overview(targets, met, missed)
	}

	/// How many targets were met, and of which parts.
	fn tally(&self) -> String {
		let targets = || self.parts.iter().flat_map(Part::targets);
		let met = targets().filter(|target| target.is_met()).count();
		let parts = listed(self.parts.iter().map(Part::name));
		let mut text = format!("{met} of {} met, of the parts {parts}.", targets().count());
		if !self.unmeasured.is_empty() {
			let others = listed(self.unmeasured.iter().map(String::as_str));
			text += &format!(" There are no new figures of {others}: their targets are left out.");
		}
		text
	}
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
	names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Bound;

	const TEXT: &str = "# Figures\n\n<!-- calls -->\nold\n<!-- end of calls -->\n\nWords.\n\
	                    <!-- routes -->\nold routes\n<!-- end of routes -->\n\
	                    <!-- targets -->\n<!-- end of targets -->\n";

	fn part(name: &str, measured: f64) -> Part {
		let mut part = Part::new(name);
		part.target(format!("{name}, ms"), measured, Bound::AtMost(2.0));
		part
	}

	fn replace(text: &str) -> Result<String, BadMark> {
		let mut document = Document::new(text);
		document.replace("calls", "new\nlines")?;
		Ok(document.text())
	}

	#[test]
	fn a_place_is_replaced_and_the_rest_stays() {
		let text = replace(TEXT).expect("the place is marked");
		let wanted = TEXT.replace("\nold\n", "\n\nnew\nlines\n\n");
		assert_eq!(text, wanted);
		assert_eq!(replace(&text).expect("it still is"), wanted);
	}

	#[test]
	fn other_comments_are_no_marks() {
		let text = "<!-- calls -->\n<!-- a comment -->\n<!-- end of calls -->\n";
		assert!(replace(text).is_ok());
		assert_eq!(Document::new(text).places(), ["calls"]);
	}

	#[test]
	fn a_place_that_is_missing_is_refused() {
		for text in ["", "calls", "<!-- call -->\n", "<!-- end of calls -->\n"] {
			assert_eq!(replace(text), Err(BadMark::Missing("calls".into())));
		}
	}

	#[test]
	fn a_place_that_is_there_twice_is_refused() {
		let place = "<!-- calls -->\n<!-- end of calls -->\n";
		let twice = Err(BadMark::Twice("calls".into()));
		assert_eq!(replace(&place.repeat(2)), twice);
		assert_eq!(replace(&format!("{place}<!-- end of calls -->")), twice);
	}

	#[test]
	fn a_place_that_is_not_closed_is_refused() {
		let unclosed = Err(BadMark::Unclosed("calls".into()));
		for text in [
			"<!-- calls -->\nold\n",
			"<!-- end of calls -->\n<!-- calls -->\n",
			"<!-- calls -->\n<!-- routes -->\n<!-- end of calls -->\n",
			"<!-- calls -->\n<!-- end of routes -->\n<!-- end of calls -->\n",
		] {
			assert_eq!(replace(text), unclosed, "{text}");
		}
	}

	#[test]
	fn parts_fill_their_places_and_others_stay() {
		let mut document = Document::new(TEXT);
		let parts = [part("calls", 1.0)];
		let overview = Overview::new(&parts, &document);
		assert_eq!(overview.unmeasured(), ["routes"]);
		document
			.fill(&parts, &overview, "performance")
			.expect("the places are marked");
		let text = document.text();
		assert!(text.contains("Measured on "));
		assert!(text.contains("\nold routes\n"));
		assert!(!text.contains("\nold\n"));
		assert_eq!(
			text.matches("| calls, ms | 1 | at most 2 | met |").count(),
			2
		);
		assert!(text.contains("1 of 1 met, of the parts calls. There are no new figures of routes"));
	}

	#[test]
	fn a_part_without_a_place_is_refused() {
		let mut document = Document::new(TEXT);
		let parts = [part("memory", 1.0)];
		let overview = Overview::new(&parts, &document);
		let filled = document.fill(&parts, &overview, "performance");
		assert_eq!(filled, Err(BadMark::Missing("memory".into())));
	}

	#[test]
	fn the_overview_counts_what_was_met() {
		let parts = [part("calls", 1.0), part("routes", 3.0)];
		let text = Overview::new(&parts, &Document::new(TEXT)).text();
		assert!(
			text.contains("routes, ms         3  at most 2  MISSED"),
			"{text}"
		);
		assert!(
			text.ends_with("1 of 2 met, of the parts calls, routes."),
			"{text}"
		);
	}
}
