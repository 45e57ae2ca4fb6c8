//! Makes an input that fails as short as it can be.

use std::time::{Duration, Instant};

use crate::{
	failure::Failure,
	life::{live, Recorded},
	step::Step,
};

/// For so long it is tried. What is left then still fails, and is longer than it had to be.
const PATIENCE: Duration = Duration::from_secs(60);

/// Drops steps for as long as the input fails in the same way.
pub fn shrink(steps: Vec<Step>, failure: &Failure) -> Vec<Step> {
	let kind = failure.kind();
	let fails = |steps: &[Step]| {
		live(&mut Recorded(steps.iter()))
			.failure
			.is_some_and(|failure| failure.kind() == kind)
	};
	let mut steps = steps;
	let begun = Instant::now();
	let mut size = steps.len() / 2;
	while size > 0 && begun.elapsed() < PATIENCE {
		let mut from = 0;
		let mut dropped = false;
		while from < steps.len() && begun.elapsed() < PATIENCE {
			let to = (from + size).min(steps.len());
			let shorter: Vec<_> = steps[..from].iter().chain(&steps[to..]).cloned().collect();
			if fails(&shorter) {
				steps = shorter;
				dropped = true;
			} else {
				from = to;
			}
		}
		if !dropped || size > 1 {
			size /= 2;
		}
	}
	steps
}
