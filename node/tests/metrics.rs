//! What a node tells Prometheus is what it answers over JSON-RPC, and the files of `operations/` ask
//! for nothing else.

mod common;

use std::{
	collections::{BTreeMap, BTreeSet},
	time::Duration,
};

use common::Node;
use madang_client::{calls, campaign::calls as escrow, chain::Chain, street::calls as portals};
use madang_primitives::{
	escrow::{Apathy, AssetKind, CampaignId, Milestone, Policy, Terms},
	geometry::Area,
	portal::{Access, Direction, GateInput, Terms as PortalTerms},
	Balance,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE as DEMO, LAUNCH_TOWN, TEST_DOLLAR, TUSD},
	BlockNumber, Hash,
};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::Permill;

/// The rules that alert.
const RULES: &str = include_str!("../../operations/prometheus/rules.yml");

/// The dashboard.
const DASHBOARD: &str = include_str!("../../operations/grafana/madang.json");

/// The page that explains both.
const DOCS: &str = include_str!("../../docs/operations.md");

/// Figures that a node shows only once something has happened that a test does not wait for: a
/// connection was over its limit of calls.
const RARE: [&str; 2] = [
	"substrate_rpc_calls_rejected",
	"substrate_rpc_calls_retried",
];

/// The first campaign of a chain.
const CAMPAIGN: CampaignId = 0;

/// What Bob puts into it.
const TICKET: Balance = 1_000 * TUSD;

/// What Alice puts at stake for it.
const BOND: Balance = 300 * TUSD;

/// Most that it may take until a figure has followed the chain: two looks, and what a busy machine
/// adds.
const FOLLOW: Duration = Duration::from_secs(30);

/// One value of a metric, named as Prometheus writes it, without the label `chain`.
type Samples = BTreeMap<String, f64>;

/// Everything that the node exports now.
fn samples(node: &Node) -> Samples {
	node.metrics()
		.lines()
		.filter(|line| !line.starts_with('#') && !line.is_empty())
		.map(|line| {
			let (name, value) = line.rsplit_once(' ').expect("a name and a value");
			let value = value
				.parse()
				.unwrap_or_else(|error| panic!("{line}: {error}"));
			let name = name
				.replace(",chain=\"dev\"", "")
				.replace("{chain=\"dev\"}", "");
			(name, value)
		})
		.collect()
}

/// The name of a metric, without its labels.
fn metric(sample: &str) -> &str {
	sample.split('{').next().unwrap_or_default()
}

/// The value with this name.
fn value(samples: &Samples, name: &str) -> f64 {
	*samples
		.get(name)
		.unwrap_or_else(|| panic!("{name} is not exported"))
}

/// One node for all that needs one: to start it takes longer than everything else together.
#[test]
fn figures_are_those_of_the_chain_and_serve_the_operators_files() {
	let mut node = Node::start_watched(&["--dev"]);
	node.wait(FOLLOW, "figures of the first block", |node| {
		samples(node)
			.get("madang_figures_block{figures=\"campaigns\"}")
			.filter(|block| **block > 0.0)
			.map(|_| ())
	});
	let before = samples(&node);
	assert_eq!(
		value(&before, "madang_escrow_campaigns{state=\"funding\"}"),
		0.0
	);

	happen(&node);
	follows(&mut node);
	agrees(&node);
	assert!(
		value(&samples(&node), "madang_land_claimed_cells")
			> value(&before, "madang_land_claimed_cells")
	);
	the_files_ask_for_what_is_there(&node);
}

/// Alice claims land, opens a campaign and proposes a portal, Bob puts money in.
fn happen(node: &Node) {
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	runtime.block_on(async {
		let chain = Chain::connect(&node.ws_url())
			.await
			.expect("the node listens");
		let (alice, bob) = (Alice.pair(), Bob.pair());
		let mut calls_of_alice = vec![calls::claim(DEMO, Area::new(4, 4, 24, 24), 0)];
		calls_of_alice.push(escrow::create(DEMO, terms(), milestones(), Policy::Open));
		calls_of_alice.push(escrow::open(CAMPAIGN));
		calls_of_alice.push(portals::propose(
			gate(DEMO),
			gate(LAUNCH_TOWN),
			portal_terms(),
		));
		for call in calls_of_alice {
			chain
				.submit(&alice, call)
				.await
				.expect("Alice may do this in her own metaverse");
		}
		let ticket = chain
			.ticket(CAMPAIGN, TICKET)
			.await
			.expect("the campaign is open");
		let commit = escrow::commit(CAMPAIGN, TICKET, ticket.version, ticket.terms_hash);
		chain.submit(&bob, commit).await.expect("Bob has the money");
	});
}

/// Waits until every figure was read at a block that has all of this.
fn follows(node: &mut Node) {
	let best = node.best() as f64;
	node.wait(FOLLOW, "figures that follow the chain", |node| {
		let samples = samples(node);
		["land", "metaverses", "campaigns", "portals"]
			.iter()
			.all(|figures| {
				value(
					&samples,
					&format!("madang_figures_block{{figures=\"{figures}\"}}"),
				) >= best
			})
			.then_some(())
	});
}

/// Each figure is what the methods of the node say.
fn agrees(node: &Node) {
	let samples = samples(node);
	let supply = node.call("land_supply", json!([]));
	let campaign = node.call("escrow_campaign", json!([CAMPAIGN]));
	let metaverses = node.call("metaverse_list", json!([null, 100]));
	let portal = node.call("portal_get", json!([0]));
	let open = f64::from(portal["state"] == "open");
	let proposed = f64::from(portal["state"] == "proposed");
	assert_eq!(open + proposed, 1.0, "{portal}");
	assert_eq!(
		metaverses["next"],
		Value::Null,
		"the list fits into one page"
	);

	assert_eq!(number(&campaign["pool"]), TICKET as f64);
	assert_eq!(number(&campaign["bond"]), BOND as f64);
	for (name, expected) in [
		("madang_land_cap_cells", number(&supply["cap"])),
		("madang_land_allocated_cells", number(&supply["allocated"])),
		("madang_land_claimed_cells", number(&supply["claimed"])),
		(
			"madang_land_cell_price_units",
			number(&supply["pricePerCell"]),
		),
		(
			"madang_metaverses",
			metaverses["items"].as_array().map_or(0, Vec::len) as f64,
		),
		("madang_portals{state=\"open\"}", open),
		("madang_portals{state=\"proposed\"}", proposed),
		("madang_portals{state=\"paused\"}", 0.0),
		("madang_escrow_campaigns{state=\"funding\"}", 1.0),
		("madang_escrow_campaigns{state=\"active\"}", 0.0),
		(
			"madang_escrow_held_units{asset=\"1\",purpose=\"principal\"}",
			number(&campaign["pool"]) + number(&campaign["stale"]),
		),
		(
			"madang_escrow_held_units{asset=\"1\",purpose=\"bond\"}",
			number(&campaign["bond"]),
		),
		(
			"madang_escrow_held_units{asset=\"1\",purpose=\"revenue\"}",
			0.0,
		),
		("madang_figures_failures_total{figures=\"campaigns\"}", 0.0),
	] {
		assert_eq!(value(&samples, name), expected, "{name}");
	}
}

/// A number of JSON, or one in a string, as amounts of money are.
fn number(value: &Value) -> f64 {
	match value {
		Value::String(text) => text.parse().ok(),
		value => value.as_f64(),
	}
	.unwrap_or_else(|| panic!("{value} is no number"))
}

/// Whatever the rules and the dashboard ask for is exported, and each of our own figures is used.
fn the_files_ask_for_what_is_there(node: &Node) {
	let samples = samples(node);
	let exported: BTreeSet<_> = samples.keys().map(|sample| metric(sample)).collect();
	for (file, text) in [("rules.yml", RULES), ("madang.json", DASHBOARD)] {
		let asked = metrics_in(text);
		assert!(asked.len() > 5, "{file} has names in it");
		let missing: Vec<_> = asked
			.iter()
			.filter(|name| !exported.contains(*name) && !RARE.contains(name))
			.collect();
		assert!(missing.is_empty(), "{file} asks for {missing:?}");
	}
	let shown = metrics_in(DASHBOARD);
	for name in exported.iter().filter(|name| name.starts_with("madang_")) {
		assert!(shown.contains(name), "the dashboard does not show {name}");
		assert!(DOCS.contains(name), "the page does not explain {name}");
	}
}

/// The names of metrics of nodes in a text.
fn metrics_in(text: &str) -> BTreeSet<&str> {
	text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':')
		.filter(|word| word.starts_with("substrate_") || word.starts_with("madang_"))
		.collect()
}

/// Every alert names a chapter of the page that says what to do.
#[test]
fn every_alert_has_a_chapter() {
	let chapters: BTreeSet<_> = RULES
		.lines()
		.filter_map(|line| line.trim().strip_prefix("chapter: "))
		.map(|chapter| chapter.trim_matches('"'))
		.collect();
	assert!(chapters.len() > 3, "the rules name chapters");
	for chapter in chapters {
		let heading = |level: &str| DOCS.contains(&format!("\n{level} {chapter}\n"));
		assert!(heading("##") || heading("###"), "no chapter {chapter}");
	}
}

/// The terms of the campaign. It stays open for as long as the test can take.
fn terms() -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: 10_000 * TUSD,
		cap: 20_000 * TUSD,
		min_ticket: 100 * TUSD,
		bond: BOND,
		min_investors: 2,
		opens_after: 0,
		period: 1_000,
		lock: 100,
		cooling_off: 50,
		voting: 50,
		grace: 20,
		lock_up: 1_000,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: Hash::repeat_byte(1),
	}
}

/// One end of a portal that stands on no land.
fn gate(metaverse: u32) -> GateInput {
	GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	}
}

/// A free one for everybody. The notice is an hour.
fn portal_terms() -> PortalTerms<BlockNumber> {
	PortalTerms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: 1_800,
	}
}

/// Its milestones.
fn milestones() -> Vec<Milestone<BlockNumber>> {
	vec![Milestone {
		weight: 1,
		duration: 500,
		promise: Hash::repeat_byte(2),
	}]
}
