//! Nodes that stand still for a while.

use std::{thread, time::Duration};

use crate::{must, network::Network, witness::Witness, Outcome};

/// Most that it may take until finality is back after it had to wait.
const BACK: Duration = Duration::from_secs(30);

/// Most that a node may take to be at the head again after it stood still.
const AT_HEAD: Duration = Duration::from_secs(60);

/// Most that so many final blocks may take of which every fourth author is missing.
const GOES_ON: Duration = Duration::from_secs(60);

/// A block that half of the validators had made or seen, and the others had not.
const UNDER_WAY: u64 = 1;

/// How long finality has to wait.
const WAITS: Duration = Duration::from_secs(16);

fn look(witness: &mut Witness, network: &Network, nodes: &[usize]) -> Outcome<()> {
	nodes
		.iter()
		.try_for_each(|place| witness.look(&network.nodes[*place]))
}

/// The highest final block among these nodes.
fn finalized(network: &Network, nodes: &[usize]) -> Outcome<u64> {
	let heights: Vec<_> = nodes
		.iter()
		.map(|place| network.nodes[*place].height())
		.collect::<Outcome<_>>()?;
	Ok(heights
		.iter()
		.map(|height| height.finalized)
		.max()
		.unwrap_or(0))
}

/// The highest best block among these nodes.
fn best(network: &Network, nodes: &[usize]) -> Outcome<u64> {
	let heights: Vec<_> = nodes
		.iter()
		.map(|place| network.nodes[*place].height())
		.collect::<Outcome<_>>()?;
	Ok(heights.iter().map(|height| height.best).max().unwrap_or(0))
}

/// One of four is paused: the others finalize, and it catches up when it goes on.
pub fn pause_one(network: &mut Network) -> Outcome<Vec<String>> {
	let (others, all) = ([0, 1, 2], [0, 1, 2, 3]);
	let mut witness = Witness::default();
	look(&mut witness, network, &all)?;
	network.nodes[3].pause()?;
	let before = finalized(network, &others)?;
	let took = network.wait_for_finality(&others, before + 6, GOES_ON)?;
	look(&mut witness, network, &others)?;
	network.nodes[3].resume()?;
	let back = network.wait_for_head(3, AT_HEAD)?;
	let head = finalized(network, &others)?;
	network.wait_for_finality(&all, head, AT_HEAD)?;
	look(&mut witness, network, &all)?;
	Ok(vec![format!(
		"one of four paused: six more blocks final at the others after {:.1} s; at the head again {:.1} s \
		 after it went on",
		took.as_secs_f64(),
		back.as_secs_f64()
	)])
}

/// Two of four are paused: the others make blocks that nobody finalizes, until the two are back.
pub fn pause_two(network: &mut Network) -> Outcome<Vec<String>> {
	let (others, all) = ([0, 1], [0, 1, 2, 3]);
	let mut witness = Witness::default();
	look(&mut witness, network, &all)?;
	for place in [2, 3] {
		network.nodes[place].pause()?;
	}
	let begin = best(network, &others)?;
	thread::sleep(WAITS);
	let (still, end) = (finalized(network, &others)?, best(network, &others)?);
	must(still <= begin + UNDER_WAY, || {
		format!("two of four finalized block {still}, and stood at {begin} when the others stopped")
	})?;
	must(end >= begin + 3, || {
		format!("two of four made only {} blocks in {WAITS:?}", end - begin)
	})?;
	for place in [2, 3] {
		network.nodes[place].resume()?;
	}
	let back = network.wait_for_finality(&all, end, BACK)?;
	look(&mut witness, network, &all)?;
	Ok(vec![format!(
		"two of four paused for {:.0} s: {} blocks by the others meanwhile and none of them final; all \
		 final everywhere {:.1} s after the two went on",
		WAITS.as_secs_f64(),
		end - begin,
		back.as_secs_f64()
	)])
}
