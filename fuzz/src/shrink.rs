//! Makes an input that fails as short as it can be.

use crate::{
	failure::Failure,
	life::{live, Recorded},
	step::Step,
};

/// Lives of an attempt to shrink; more would take too long.
const ATTEMPTS: usize = 600;

/// Drops steps for as long as the input fails in the same way.
pub fn shrink(steps: Vec<Step>, failure: &Failure) -> Vec<Step> {
	let kind = failure.kind();
	let fails = |steps: &[Step]| {
		live(&mut Recorded(steps.iter()))
			.failure
			.is_some_and(|failure| failure.kind() == kind)
	};
	let mut steps = steps;
	let mut attempts = 0;
	let mut size = steps.len() / 2;
	while size > 0 && attempts < ATTEMPTS {
		let mut from = 0;
		let mut dropped = false;
		while from < steps.len() && attempts < ATTEMPTS {
			let to = (from + size).min(steps.len());
			let shorter: Vec<_> = steps[..from].iter().chain(&steps[to..]).cloned().collect();
			attempts += 1;
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
