//! The rules of a running network change, through its council, while people use it.
//!
//! Four validators; a campaign, a portal, land for sale and the money that is on hold for them; and six
//! accounts that send transactions all the time. The next runtime is built from the same sources with a
//! higher version. What operators do, [`run`] does from outside and in the same order as in
//! `docs/operations.md`: the council decides on a hash, somebody hands the code in, everybody waits for its
//! block, and looks.

pub mod senders;
pub mod slots;
pub mod stage;
pub mod state;

use std::time::{Duration, Instant};

use codec::{Decode, Encode};
use frame_support::dispatch::GetDispatchInfo;
use frame_system::LastRuntimeUpgradeInfo;
use madang_client::chain::Chain;
use madang_runtime::{AccountId, Hash, Runtime, RuntimeCall, RuntimeEvent, Treasury, VERSION};
use serde_json::{json, Value};
use sp_core::bytes;
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Eve};

use self::{
	senders::{spec_version, Senders},
	stage::{submit, told, Stage},
	state::State,
};
use crate::{must, network::Network, node::Node, Error, Outcome};

/// The runtime to which the network goes. It takes minutes to build, so only the command for this does.
#[cfg(feature = "next-runtime")]
mod built {
	// Written by the build script, for more than is needed here.
	#![allow(dead_code, missing_docs)]
	include!(concat!(env!("OUT_DIR"), "/next_runtime"));
}

/// A transaction is sent this often.
const LOAD: Duration = Duration::from_millis(100);

/// Blocks that are compared: so many before the council is asked, and so many from then on. The notice of
/// the chain has 60 of them.
const WINDOW: u64 = 100;

/// So many blocks of the second window at least are by the new rules: each validator makes several.
const AFTER: u64 = 16;

/// Blocks from the one that puts the code in force, in which nodes would stand still that compile it only
/// then.
const CRITICAL: u64 = 8;

/// More missed slots than in the window before that a machine which does other things as well may cause.
const BAD_LUCK: u64 = 1;

/// Most that a window may take on a busy machine: half of its slots are missed.
const LIMIT: Duration = Duration::from_secs(WINDOW * 4);

/// What a node logs when it has compiled the next runtime, before the seconds that it took.
const COMPILED: &str = "; compiled in ";

/// The code of the next runtime.
fn next_code() -> Outcome<&'static [u8]> {
	#[cfg(feature = "next-runtime")]
	if let Some(code) = built::WASM_BINARY {
		return Ok(code);
	}
	Err(Error::Impossible(
		"this program was built without a next runtime; `./task faults upgrade` builds it with one"
			.into(),
	))
}

/// What happened when.
struct Times {
	/// Best block when the council was asked.
	asked: u64,
	/// Best block when the code was handed in.
	handed_in: u64,
	/// The block that put it in force.
	in_force: u64,
}

/// Upgrades a network from outside, and checks that nothing and nobody is the worse for it.
pub fn run(network: &mut Network) -> Outcome<Vec<String>> {
	let code = next_code()?;
	let tokio = tokio::runtime::Runtime::new().map_err(|source| Error::Machine {
		what: "cannot start threads".into(),
		source,
	})?;
	let url = format!("ws://{}", network.nodes[0].rpc_address());
	let chain = tokio.block_on(Chain::connect(&url)).map_err(told)?;
	let stage = tokio.block_on(Stage::set(&chain))?;

	let senders = Senders::start(&network.nodes, LOAD)?;
	let begin = network.nodes[0].height()?.best;
	reach(network, begin + WINDOW)?;
	let times = tokio.block_on(change(&network.nodes[0], &chain, code))?;
	let end = times.asked + WINDOW;
	must(times.in_force + AFTER <= end, || {
		format!(
			"from the first motion to the code in force it took {} blocks, which is longer than planned",
			times.in_force - times.asked
		)
	})?;
	reach(network, times.in_force + 2)?;
	let mut lines = vec![
		compiled(network, &times, code)?,
		versions(network, &times)?,
		unchanged(&network.nodes[0], &times, &stage)?,
	];
	reach(network, end)?;
	lines.push(on_time(&network.nodes[0], &times)?);

	let next = VERSION.spec_version + 1;
	let chain = tokio
		.block_on(Chain::connect_to(&url, next))
		.map_err(told)?;
	lines.push(tokio.block_on(stage.end(&chain))?);
	let book = senders.finish()?;
	lines.push(format!(
		"{} transactions that nodes had taken are final, each once; {} of them had to be signed again, \
		 because they were signed for the old version and no block had them when it ended, and {} were \
		 refused at once for the same reason; {} were refused for others{}",
		book.taken,
		book.signed_again,
		book.refused,
		book.complaints.len(),
		book.complaints
			.first()
			.map_or_else(String::new, |why| format!(", the first with {why}"))
	));
	let head = State::at(&network.nodes[0], &final_head(&network.nodes[0])?)?;
	head.check()?;
	for node in &network.nodes {
		must(!node.log().contains("panicked"), || {
			format!("{} panicked", node.name())
		})?;
	}
	Ok(lines)
}

/// Waits until all nodes have finalized this block.
fn reach(network: &mut Network, number: u64) -> Outcome<()> {
	let all: Vec<_> = (0..network.nodes.len()).collect();
	network.wait_for_finality(&all, number, LIMIT)?;
	Ok(())
}

fn final_head(node: &Node) -> Outcome<String> {
	let head = node.call("chain_getFinalizedHead", json!([]))?;
	text(&head)
}

fn text(value: &Value) -> Outcome<String> {
	value
		.as_str()
		.map(Into::into)
		.ok_or_else(|| Error::Broken(format!("a node answers {value}")))
}

/// Hash of a block that is there.
fn hash_of(node: &Node, number: u64) -> Outcome<String> {
	node.block_hash(number)?
		.ok_or_else(|| Error::Broken(format!("{} has no block {number}", node.name())))
}

/// The council decides, somebody who is not in it hands the code in.
async fn change(node: &Node, chain: &Chain, code: &[u8]) -> Outcome<Times> {
	let asked = node.height()?.best;
	let code_hash = Hash::from(blake2_256(code));
	let decision = RuntimeCall::Upgrade(pallet_upgrade::Call::authorize { code_hash });
	council_carries(chain, decision).await?;
	let handed_in = node.height()?.best;
	let apply = RuntimeCall::System(frame_system::Call::apply_authorized_upgrade {
		code: code.to_vec(),
	});
	let applied = submit(chain, Eve, apply).await?;
	let at = applied.events.iter().find_map(|event| match event {
		RuntimeEvent::Upgrade(pallet_upgrade::Event::Scheduled {
			code_hash: found,
			at,
		}) if *found == code_hash => Some(u64::from(*at)),
		_ => None,
	});
	let in_force =
		at.ok_or_else(|| Error::Broken(format!("no upgrade comes: {:?}", applied.events)))?;
	Ok(Times {
		asked,
		handed_in,
		in_force,
	})
}

/// All three members of the council of the chain `local` carry a motion.
async fn council_carries(chain: &Chain, call: RuntimeCall) -> Outcome<()> {
	type Call = pallet_collective::Call<Runtime, pallet_collective::Instance1>;
	type Event = pallet_collective::Event<Runtime, pallet_collective::Instance1>;

	let members = [Alice, Bob, Charlie];
	let length_bound = u32::try_from(call.encoded_size()).unwrap_or(u32::MAX);
	let proposal_weight_bound = call.get_dispatch_info().call_weight;
	let propose = Call::propose {
		threshold: 3,
		proposal: Box::new(call),
		length_bound,
	};
	let proposed = submit(chain, Alice, RuntimeCall::Council(propose)).await?;
	let motion = proposed.events.iter().find_map(|event| match event {
		RuntimeEvent::Council(Event::Proposed {
			proposal_index,
			proposal_hash,
			..
		}) => Some((*proposal_hash, *proposal_index)),
		_ => None,
	});
	let (proposal_hash, index) =
		motion.ok_or_else(|| Error::Broken(format!("no motion: {:?}", proposed.events)))?;
	for member in members {
		let vote = Call::vote {
			proposal: proposal_hash,
			index,
			approve: true,
		};
		submit(chain, member, RuntimeCall::Council(vote)).await?;
	}
	let close = Call::close {
		proposal_hash,
		index,
		proposal_weight_bound,
		length_bound,
	};
	let closed = submit(chain, Eve, RuntimeCall::Council(close)).await?;
	let executed = closed.events.iter().any(|event| {
		matches!(
			event,
			RuntimeEvent::Council(Event::Executed { result: Ok(()), .. })
		)
	});
	must(executed, || {
		format!("the motion was not carried: {:?}", closed.events)
	})
}

/// Every node had compiled the code before it came into force.
fn compiled(network: &Network, times: &Times, code: &[u8]) -> Outcome<String> {
	let announced = format!("comes into force with block {}{COMPILED}", times.in_force);
	let mut took = Vec::new();
	for node in &network.nodes {
		let log = node.log();
		let seconds = log
			.split_once(&announced)
			.and_then(|(_, rest)| rest.split(' ').next()?.parse::<f64>().ok());
		took.push(seconds.ok_or_else(|| {
			Error::Broken(format!("{} has not compiled the code ahead", node.name()))
		})?);
	}
	took.sort_by(f64::total_cmp);
	Ok(format!(
		"{} bytes of code were handed in {} blocks after the council was asked, and in force {} blocks \
		 later, with block {}; the four nodes had compiled it by then, in {:.1} to {:.1} s",
		code.len(),
		times.handed_in - times.asked,
		times.in_force - times.handed_in,
		times.in_force,
		took.first().copied().unwrap_or_default(),
		took.last().copied().unwrap_or_default(),
	))
}

/// What a node says of the version at a block: by its runtime, and by what the chain has written down.
fn version_at(node: &Node, number: u64) -> Outcome<(Option<u32>, Option<u32>)> {
	let hash = hash_of(node, number)?;
	let told = spec_version(&node.call("state_getRuntimeVersion", json!([hash]))?);
	let key = frame_system::LastRuntimeUpgrade::<Runtime>::hashed_key();
	let written = node.call(
		"state_getStorage",
		json!([bytes::to_hex(&key, false), hash]),
	)?;
	let written = written
		.as_str()
		.and_then(|hex| bytes::from_hex(hex).ok())
		.and_then(|info| LastRuntimeUpgradeInfo::decode(&mut &info[..]).ok())
		.map(|info| info.spec_version.0);
	Ok((told, written))
}

/// All four nodes run the new rules, from the block after the one that put them in force.
fn versions(network: &Network, times: &Times) -> Outcome<String> {
	let (old, new) = (VERSION.spec_version, VERSION.spec_version + 1);
	for node in &network.nodes {
		for (number, expected) in [
			(times.in_force - 1, (old, old)),
			// The code is there, and no block has run by it.
			(times.in_force, (new, old)),
			(times.in_force + 1, (new, new)),
		] {
			let found = version_at(node, number)?;
			must(found == (Some(expected.0), Some(expected.1)), || {
				format!(
					"at block {number} {} runs and remembers the versions {found:?}, not {expected:?}",
					node.name()
				)
			})?;
		}
	}
	Ok(format!(
		"all four nodes run version {new} in block {} and the chain says so, and all four have finalized it",
		times.in_force + 1
	))
}

/// Whose money moves though nothing happens to what is built: the senders pay one another and fees.
fn payers() -> Vec<AccountId> {
	senders::accounts()
		.into_iter()
		.map(|account| account.to_account_id())
		.chain([Treasury::account_id()])
		.collect()
}

/// What is stored and what is answered is the same before and after.
fn unchanged(node: &Node, times: &Times, stage: &Stage) -> Outcome<String> {
	let hashes = [
		hash_of(node, times.in_force - 1)?,
		hash_of(node, times.in_force + 1)?,
	];
	let begin = Instant::now();
	let before = State::at(node, &hashes[0])?;
	let after = State::at(node, &hashes[1])?;
	let took = begin.elapsed().as_secs_f64();
	let differs = before.differs(&after, &payers());
	must(differs.is_empty(), || {
		format!("the upgrade changed what is stored under {differs:?}")
	})?;
	before.check()?;
	after.check()?;
	let questions = stage.questions();
	for (method, params) in &questions {
		let answer = |hash: &String| {
			let mut params = params.clone();
			params.push(json!(hash));
			let mut answer = node.call(method, Value::Array(params))?;
			// The block at which was asked.
			if let Some(answer) = answer.as_object_mut() {
				answer.remove("now");
			}
			Outcome::Ok(answer)
		};
		let (old, new) = (answer(&hashes[0])?, answer(&hashes[1])?);
		must(old == new && !old.is_null(), || {
			format!("{method} answered {old} before the upgrade and {new} after it")
		})?;
	}
	Ok(format!(
		"{} keys before and {} after (read in {took:.1} s): the same values but for the clock, the consensus \
		 and the money of those who send; issuance and all holds are the same, the equations of all pallets \
		 hold for both, and {} questions to the runtime have the same answers",
		before.len(),
		after.len(),
		questions.len()
	))
}

/// No slot was missed because of the upgrade.
fn on_time(node: &Node, times: &Times) -> Outcome<String> {
	let before = slots::missed(node, times.asked - WINDOW, times.asked)?;
	let during = slots::missed(node, times.asked, times.asked + WINDOW)?;
	let critical = slots::missed(node, times.in_force, times.in_force + CRITICAL)?;
	let told = format!(
		"missed slots: {before} in the {WINDOW} blocks before the council was asked, {during} in the \
		 {WINDOW} from then on, {critical} in the {CRITICAL} after the one that put the code in force"
	);
	must(during <= before + BAD_LUCK && critical <= BAD_LUCK, || {
		told.clone()
	})?;
	Ok(told)
}
