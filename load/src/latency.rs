//! How long a transaction takes on a chain that is half full: until a block has it, and until that block is
//! final.

use std::{net::SocketAddr, time::Duration};

use madang_network::{must, Outcome};
use madang_report::{
	figures::{median, percentile_99, short},
	Axis, Plot, Series, Table,
};

use crate::{
	books,
	generator::{self, Order, Pace},
	line::Line,
	senders::Traffic,
};

/// What was measured.
pub struct Latency {
	rate: f64,
	/// Seconds until a block had each transaction.
	included: Vec<f64>,
	/// Seconds until it was final.
	finalized: Vec<f64>,
}

/// Sends so many transactions a second, one in a request, and takes the times of all of them.
pub fn measure(
	node: SocketAddr,
	traffic: &mut Traffic,
	rate: f64,
	length: Duration,
) -> Outcome<Latency> {
	// Connections need not have sent equally much, so there is some more.
	traffic.prepare((rate * length.as_secs_f64() * 1.5) as u64);
	let order = Order {
		nodes: vec![node],
		length,
		pace: Pace::Rate(rate),
		remembers: true,
	};
	let run = generator::run(&order, traffic.senders())?;
	books::check(&mut Line::open(node)?, &run, traffic)?;
	let (mut included, mut finalized) = (Vec::new(), Vec::new());
	for block in &run.blocks {
		for sent in block.bodies.iter().filter_map(|body| run.sent.get(body)) {
			included.push((block.seen - *sent).as_secs_f64());
			finalized.extend(block.finalized.map(|at| (at - *sent).as_secs_f64()));
		}
	}
	must(
		run.taken > 0 && [included.len(), finalized.len()] == [run.taken as usize; 2],
		|| {
			format!(
				"of {} transactions, {} were found in blocks and {} in final ones",
				run.taken,
				included.len(),
				finalized.len()
			)
		},
	)?;
	Ok(Latency {
		rate,
		included,
		finalized,
	})
}

impl Latency {
	/// Transactions a second that were sent.
	pub fn rate(&self) -> f64 {
		self.rate
	}

	/// How many transactions were sent.
	pub fn count(&self) -> u64 {
		self.included.len() as u64
	}

	/// The middle, and what 99 of a hundred do not exceed.
	pub fn table(&self) -> Table {
		let mut table = Table::new(
			"Time that a transaction takes at half load",
			["until", "median, s", "99th percentile, s"],
		);
		for (until, times) in [
			("a block has it", &self.included),
			("it is final", &self.finalized),
		] {
			table.row([
				until.into(),
				short(median(times.clone())),
				short(percentile_99(times.clone())),
			]);
		}
		table
	}

	/// Both as lines over the percentiles.
	pub fn plot(&self) -> Plot {
		let axis = |label: &str| Axis {
			label: label.into(),
			logarithmic: false,
		};
		let series = |name: &str, times: &[f64]| Series {
			name: name.into(),
			points: percentiles(times),
		};
		Plot {
			file: "latency".into(),
			title: "Time that a transaction takes at half load".into(),
			x: axis("percentile"),
			y: axis("seconds"),
			series: vec![
				series("a block has it", &self.included),
				series("it is final", &self.finalized),
			],
		}
	}
}

/// What so many of a hundred figures do not exceed.
fn percentiles(figures: &[f64]) -> Vec<(f64, f64)> {
	let mut sorted = figures.to_vec();
	sorted.sort_by(f64::total_cmp);
	(1..=99)
		.filter_map(|percent| {
			let place = (sorted.len() * percent).div_ceil(100).checked_sub(1)?;
			Some((percent as f64, *sorted.get(place)?))
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn percentiles_rise() {
		let figures: Vec<f64> = (1..=200).rev().map(f64::from).collect();
		let points = percentiles(&figures);
		assert_eq!(points.len(), 99);
		assert_eq!(points[0], (1.0, 2.0));
		assert_eq!(points[49], (50.0, 100.0));
		assert_eq!(points[98], (99.0, 198.0));
		assert!(percentiles(&[]).is_empty());
	}
}
