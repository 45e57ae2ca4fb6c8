//! Nodes that stand still for a while, and networks that fall apart.

use std::{
	thread,
	time::{Duration, Instant},
};

use crate::{
	must,
	network::Network,
	node::{Height, Node},
	witness::Witness,
	Outcome,
};

/// Most that it may take until finality is back after it had to wait.
const BACK: Duration = Duration::from_secs(30);

/// Most that a node may take to be at the head again after it stood still.
const AT_HEAD: Duration = Duration::from_secs(30);

/// Most that so many final blocks may take of which every fourth author is missing.
const GOES_ON: Duration = Duration::from_secs(40);

/// Votes that were under way are counted within this time.
const SETTLE: Duration = Duration::from_secs(4);

/// How long finality has to wait.
const WAITS: Duration = Duration::from_secs(12);

fn look(witness: &mut Witness, network: &Network, nodes: &[usize]) -> Outcome<()> {
	witness.look_at(nodes.iter().map(|place| &network.nodes[*place]))
}

/// The highest of something among these nodes.
fn highest(network: &Network, nodes: &[usize], of: fn(Height) -> u64) -> Outcome<u64> {
	nodes.iter().try_fold(0, |highest, place| {
		Ok(highest.max(of(network.nodes[*place].height()?)))
	})
}

/// The highest final block among these nodes.
fn finalized(network: &Network, nodes: &[usize]) -> Outcome<u64> {
	highest(network, nodes, |height| height.finalized)
}

/// The highest best block among these nodes.
fn best(network: &Network, nodes: &[usize]) -> Outcome<u64> {
	highest(network, nodes, |height| height.best)
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
	witness.check_at(&network.nodes)?;
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
	thread::sleep(SETTLE);
	let (waits_at, begin) = (finalized(network, &others)?, best(network, &others)?);
	thread::sleep(WAITS);
	let (still, end) = (finalized(network, &others)?, best(network, &others)?);
	must(still == waits_at, || {
		format!("two of four finalized block {still} after {waits_at}")
	})?;
	must(end >= begin + 3, || {
		format!("two of four made only {} blocks in {WAITS:?}", end - begin)
	})?;
	let made = network.nodes[0].block_hash(end)?;
	for place in [2, 3] {
		network.nodes[place].resume()?;
	}
	let back = network.wait_for_finality(&all, end, BACK)?;
	witness.check_at(&network.nodes)?;
	for node in &network.nodes {
		let found = node.block_hash(end)?;
		must(found == made, || {
			format!(
				"block {end} of the two was {made:?}, and {} has {found:?}",
				node.name()
			)
		})?;
	}
	Ok(vec![format!(
		"two of four paused for {:.0} s: {} blocks by the others meanwhile and none final; all of them \
		 final everywhere {:.1} s after the two went on",
		(SETTLE + WAITS).as_secs_f64(),
		end - begin,
		back.as_secs_f64()
	)])
}

/// Two against two: both sides make blocks of their own, none of them final, and agree again.
pub fn split(network: &mut Network) -> Outcome<Vec<String>> {
	let (left, right, all) = ([0, 1], [2, 3], [0, 1, 2, 3]);
	let mut witness = Witness::default();
	look(&mut witness, network, &all)?;
	network.sites()?.pull()?;
	thread::sleep(SETTLE);
	let (waits_at, begin) = (finalized(network, &all)?, best(network, &all)?);
	let end = Instant::now() + WAITS;
	while Instant::now() < end {
		look(&mut witness, network, &all)?;
		thread::sleep(crate::POLL);
	}
	let still = finalized(network, &all)?;
	must(still == waits_at, || {
		format!("a half of the network finalized block {still} after {waits_at}")
	})?;
	let heads = [best(network, &left)?, best(network, &right)?];
	must(heads.iter().all(|head| *head > begin), || {
		format!("a side stands still: {begin} before, {heads:?} now")
	})?;
	let both = heads[0].min(heads[1]);
	let [one, other] = [0, 2].map(|place| network.nodes[place].block_hash(both));
	must(one? != other?, || {
		format!("the network was not split: both sides have the same block {both}")
	})?;
	network.sites()?.plug_in()?;
	// Whichever side wins, there is a block of its height that everybody calls final.
	let back = network.wait_for_finality(&all, both, BACK)?;
	network.wait(BACK, "node that knows all others again", |network| {
		let know = |node: &Node| node.peers().is_ok_and(|peers| peers == 3);
		network.nodes.iter().all(know)
	})?;
	witness.check_at(&network.nodes)?;
	let hashes: Vec<_> = network
		.nodes
		.iter()
		.map(|node| node.block_hash(both))
		.collect::<Outcome<_>>()?;
	must(hashes.windows(2).all(|pair| pair[0] == pair[1]), || {
		format!("the nodes disagree about final block {both}: {hashes:?}")
	})?;
	Ok(vec![format!(
		"two against two for {:.0} s: heads {} and {} on the two sides, none final; one chain, final \
		 beyond the split at all four {:.1} s after healing",
		(SETTLE + WAITS).as_secs_f64(),
		heads[0],
		heads[1],
		back.as_secs_f64()
	)])
}
