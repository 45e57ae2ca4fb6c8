//! What benchmarks do with figures before they tell them.

use std::{
	fs, thread,
	time::{SystemTime, UNIX_EPOCH},
};

/// The middle of some figures, of which there is at least one.
pub fn median(mut figures: Vec<f64>) -> f64 {
	assert!(!figures.is_empty(), "there are figures");
	figures.sort_by(f64::total_cmp);
	let upper = figures.len() / 2;
	let lower = (figures.len() - 1) / 2;
	(figures[lower] + figures[upper]) / 2.0
}

/// What 99 of a hundred figures do not exceed. There is at least one figure.
pub fn percentile_99(mut figures: Vec<f64>) -> f64 {
	assert!(!figures.is_empty(), "there are figures");
	figures.sort_by(f64::total_cmp);
	figures[(figures.len() * 99).div_ceil(100) - 1]
}

/// The lowest and the highest of some figures, of which there is at least one.
pub fn spread(figures: &[f64]) -> (f64, f64) {
	assert!(!figures.is_empty(), "there are figures");
	let lowest = figures.iter().copied().fold(f64::INFINITY, f64::min);
	let highest = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
	(lowest, highest)
}

/// A number with a comma before every three digits.
pub fn grouped(number: u64) -> String {
	let digits = number.to_string();
	let mut text = String::new();
	for (position, digit) in digits.chars().enumerate() {
		if position > 0 && (digits.len() - position).is_multiple_of(3) {
			text.push(',');
		}
		text.push(digit);
	}
	text
}

/// A figure with as many digits as say something: `0.891`, `1.05`, `233.8`, `934,480`.
pub fn short(figure: f64) -> String {
	let size = figure.abs();
	let decimals = match size {
		size if size >= 1_000.0 => {
			let sign = if figure < 0.0 { "-" } else { "" };
			return format!("{sign}{}", grouped(size.round() as u64));
		}
		size if size >= 100.0 => 1,
		size if size >= 1.0 => 2,
		_ => 3,
	};
	let text = format!("{figure:.decimals$}");
	text.trim_end_matches('0').trim_end_matches('.').into()
}

/// A generator of numbers that look random and are the same each time: SplitMix64.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
	/// The next number.
	pub fn roll(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number from zero on, below the limit, which is not zero.
	pub fn below(&mut self, limit: u64) -> u64 {
		self.roll() % limit
	}
}

/// On what the figures are taken: processor, cores and memory.
pub fn machine() -> String {
	let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
	let processor = info
		.lines()
		.find(|line| line.starts_with("model name"))
		.and_then(|line| line.split_once(':'))
		.map_or("unknown processor", |(_, model)| model.trim());
	let cores = thread::available_parallelism().map_or(0, |cores| cores.get());
	let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
	let kibibytes: u64 = memory
		.split_whitespace()
		.nth(1)
		.and_then(|number| number.parse().ok())
		.unwrap_or_default();
	format!(
		"{processor}, {cores} cores, {} MiB of memory",
		grouped(kibibytes / 1024)
	)
}

/// The present day in UTC, as `2026-11-26`.
pub fn today() -> String {
	let since = SystemTime::now()
		.duration_since(UNIX_EPOCH)
		.expect("the clock is set");
	day(since.as_secs() / (24 * 60 * 60))
}

/// The date so many days after the first of January 1970.
fn day(mut left: u64) -> String {
	let mut year = 1970;
	while left >= days_of(year) {
		left -= days_of(year);
		year += 1;
	}
	let february = days_of(year) - 337;
	let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	let mut month = 1;
	for days in months {
		if left < days {
			break;
		}
		left -= days;
		month += 1;
	}
	format!("{year}-{month:02}-{:02}", left + 1)
}

/// How many days a year has.
fn days_of(year: u64) -> u64 {
	let leaps = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
	365 + u64::from(leaps)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_median_is_in_the_middle() {
		assert_eq!(median(vec![3.0]), 3.0);
		assert_eq!(median(vec![5.0, 1.0, 3.0]), 3.0);
		assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
	}

	#[test]
	fn one_of_a_hundred_exceeds_the_99th_percentile() {
		let figures = (1..=100).rev().map(f64::from).collect();
		assert_eq!(percentile_99(figures), 99.0);
		let figures = (1..=200).map(f64::from).collect();
		assert_eq!(percentile_99(figures), 198.0);
	}

	#[test]
	fn the_99th_percentile_of_few_figures_is_the_highest() {
		assert_eq!(percentile_99(vec![7.0]), 7.0);
		assert_eq!(percentile_99(vec![2.0, 9.0, 1.0]), 9.0);
	}

	#[test]
	fn the_spread_goes_from_the_lowest_to_the_highest() {
		assert_eq!(spread(&[2.0, 1.0, 3.0]), (1.0, 3.0));
		assert_eq!(spread(&[2.0]), (2.0, 2.0));
	}

	#[test]
	fn digits_are_grouped_by_three() {
		assert_eq!(grouped(0), "0");
		assert_eq!(grouped(999), "999");
		assert_eq!(grouped(1_000), "1,000");
		assert_eq!(grouped(12_345), "12,345");
		assert_eq!(grouped(1_234_567), "1,234,567");
	}

	#[test]
	fn short_figures_have_few_digits() {
		assert_eq!(short(0.0), "0");
		assert_eq!(short(0.8912), "0.891");
		assert_eq!(short(1.05), "1.05");
		assert_eq!(short(20.0), "20");
		assert_eq!(short(233.84), "233.8");
		assert_eq!(short(934_480.4), "934,480");
		assert_eq!(short(-1_500.0), "-1,500");
	}

	#[test]
	fn the_same_seed_rolls_the_same_numbers() {
		let numbers = |seed| {
			let mut dice = Dice(seed);
			[dice.roll(), dice.roll(), dice.below(10)]
		};
		assert_eq!(numbers(1), numbers(1));
		assert_ne!(numbers(1), numbers(2));
		assert!(numbers(1)[2] < 10);
	}

	#[test]
	fn days_become_dates() {
		assert_eq!(day(0), "1970-01-01");
		assert_eq!(day(58), "1970-02-28");
		assert_eq!(day(59), "1970-03-01");
		assert_eq!(day(11_016), "2000-02-29");
		assert_eq!(day(20_783), "2026-11-26");
		assert_eq!(day(20_818), "2026-12-31");
		assert_eq!(day(20_819), "2027-01-01");
	}
}
