//! Nodes that end in the middle of whatever they do.

use std::{
	thread,
	time::{Duration, Instant},
};

use super::Amount;
use crate::{dice::Dice, load::Load, must, network::Network, witness::Witness, Error, Outcome};

/// Time within which a node is back at the head, in [`MOST_OF`] of a hundred cases.
const SOON: Duration = Duration::from_secs(15);

/// See [`SOON`].
const MOST_OF: usize = 95;

/// So many cases say something about most of a hundred; of fewer, each must only end well.
const ENOUGH: usize = 20;

/// Most that it may ever take.
const EVER: Duration = Duration::from_secs(60);

/// A transaction is sent this often.
const LOAD: Duration = Duration::from_millis(200);

/// Longest time between a node being back and the next one being killed, in milliseconds.
const PAUSE: u64 = 3_000;

/// Kills a node at random, again and again, while transactions flow.
pub fn kill(network: &mut Network, amount: Amount) -> Outcome<Vec<String>> {
	let begin = Instant::now();
	let mut dice = Dice::new(amount.seed);
	let mut witness = Witness::default();
	let load = Load::start(&network.nodes, LOAD)?;
	let mut took = Vec::new();
	for turn in 1..=amount.kills {
		let place = dice.below(network.nodes.len() as u64) as usize;
		let pause = Instant::now() + Duration::from_millis(dice.below(PAUSE));
		while Instant::now() < pause {
			witness.look_at(&network.nodes)?;
			thread::sleep(crate::POLL);
		}
		network.nodes[place].kill()?;
		network.nodes[place].start()?;
		let back = network.wait_for_head(place, EVER);
		let back = back.map_err(|error| {
			let name = network.nodes[place].name();
			Error::Broken(format!("kill {turn} of {}: {name}: {error}", amount.kills))
		})?;
		took.push(back);
		witness.look_at(&network.nodes)?;
		if turn % 20 == 0 {
			println!("  {turn} kills, final block {}", witness.height());
		}
	}
	let sent = load.stop();
	let reached = witness.height();
	let all: Vec<_> = (0..network.nodes.len()).collect();
	network.wait_for_finality(&all, reached + 2, EVER)?;
	witness.look_at(&network.nodes)?;
	for node in &network.nodes {
		witness.check(node)?;
		must(!node.has_panicked(), || format!("{} panicked", node.name()))?;
	}

	took.sort();
	let soon = took.iter().filter(|took| **took <= SOON).count();
	must(
		took.len() < ENOUGH || soon * 100 >= took.len() * MOST_OF,
		|| {
			format!(
				"only {soon} of {} restarts were at the head within {SOON:?}",
				took.len()
			)
		},
	)?;
	let at = |percent: usize| {
		let place = (took.len() * percent).div_ceil(100).max(1) - 1;
		took.get(place).map_or(0.0, Duration::as_secs_f64)
	};
	Ok(vec![
		format!(
			"{} times kill -9 in {:.0} s: every restart worked; at the head again after {:.1} s at the \
			 median, {:.1} s in 95 of 100, {:.1} s at most ({soon} within 15 s)",
			amount.kills,
			begin.elapsed().as_secs_f64(),
			at(50),
			at(95),
			at(100)
		),
		format!(
			"{} blocks became final and none was taken back; {} of {} transactions that nodes had taken \
			 became final, and all four nodes have every one of them",
			witness.height(),
			witness.seen(sent.iter()),
			sent.len()
		),
	])
}
