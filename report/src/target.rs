//! What figures should be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{figures::short, Table};

/// What a figure may be. The bound itself is still good.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub enum Bound {
	/// Not above this.
	AtMost(f64),
	/// Not below this.
	AtLeast(f64),
	/// Neither below the first nor above the second.
	Within(f64, f64),
}

impl Bound {
	/// Whether a figure is good.
	pub fn holds(self, figure: f64) -> bool {
		match self {
			Self::AtMost(most) => figure <= most,
			Self::AtLeast(least) => figure >= least,
			Self::Within(least, most) => (least..=most).contains(&figure),
		}
	}
}

impl fmt::Display for Bound {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::AtMost(most) => write!(f, "at most {}", short(*most)),
			Self::AtLeast(least) => write!(f, "at least {}", short(*least)),
			Self::Within(least, most) => write!(f, "{} to {}", short(*least), short(*most)),
		}
	}
}

/// A figure and what it should be.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Target {
	what: String,
	/// Nothing when the figure came to no number.
	measured: Option<f64>,
	bound: Bound,
}

impl Target {
	/// A target for what was measured.
	pub fn new(what: impl Into<String>, measured: f64, bound: Bound) -> Self {
		Self {
			what: what.into(),
			measured: measured.is_finite().then_some(measured),
			bound,
		}
	}

	/// Whether the figure is what it should be. One that came to no number is not.
	pub fn is_met(&self) -> bool {
		self.measured
			.is_some_and(|measured| self.bound.holds(measured))
	}
}

/// Targets in a table, with a word for those that were met and one for those that were missed.
pub(crate) fn overview<'a>(
	targets: impl IntoIterator<Item = &'a Target>,
	met: &str,
	missed: &str,
) -> Table {
	let mut table = Table::new("", ["what", "measured", "target", "outcome"]);
	for target in targets {
		let outcome = if target.is_met() { met } else { missed };
		table.row([
			target.what.clone(),
			target.measured.map_or_else(|| "-".into(), short),
			target.bound.to_string(),
			outcome.into(),
		]);
	}
	table
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bounds_hold_up_to_themselves() {
		assert!(Bound::AtMost(1.1).holds(1.1));
		assert!(!Bound::AtMost(1.1).holds(1.11));
		assert!(Bound::AtLeast(0.8).holds(0.8));
		assert!(!Bound::AtLeast(0.8).holds(0.79));
		for (figure, holds) in [(0.39, false), (0.4, true), (1.0, true), (1.01, false)] {
			assert_eq!(Bound::Within(0.4, 1.0).holds(figure), holds, "{figure}");
		}
	}

	#[test]
	fn bounds_speak() {
		assert_eq!(Bound::AtMost(1.05).to_string(), "at most 1.05");
		assert_eq!(Bound::AtLeast(1.25).to_string(), "at least 1.25");
		assert_eq!(Bound::Within(0.4, 1.0).to_string(), "0.4 to 1");
	}

	#[test]
	fn a_figure_that_is_no_number_misses_its_target() {
		for figure in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
			assert!(!Target::new("ratio", figure, Bound::AtMost(1.0)).is_met());
			assert!(!Target::new("ratio", figure, Bound::AtLeast(1.0)).is_met());
		}
	}

	#[test]
	fn the_overview_says_which_were_missed() {
		let targets = [
			Target::new("good", 1.0, Bound::AtMost(2.0)),
			Target::new("bad", 3.0, Bound::AtMost(2.0)),
		];
		let lines = [
			"what  measured  target     outcome",
			"good         1  at most 2  ok",
			"bad          3  at most 2  MISSED",
		];
		let text = overview(&targets, "ok", "MISSED").text();
		assert_eq!(text, lines.join("\n"));
	}
}
