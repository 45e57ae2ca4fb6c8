//! `docs/rpc.md` is true: a development chain answers the requests in it as it says, and bad
//! requests get the errors that it lists.

mod common;

use std::{collections::BTreeSet, time::Duration};

use common::Node;
use madang_client::{calls, campaign::calls as escrow, chain::Chain, street::calls as street};
use madang_node::rpc::error::CODES;
use madang_primitives::{
	escrow::{Apathy, AssetKind, CampaignId, Milestone, Policy, Terms},
	geometry::{Area, Size},
	portal::{self, Access, Direction, GateInput, PortalId, Proof, Rate, Split, Toll, Way},
	Balance, MetaverseId,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE as DEMO, TEST_DOLLAR, TUSD},
	BlockNumber, Hash,
};
use madang_runtime_common::{params::MinNotice, units::MILLI};
use serde_json::{json, Value};
use sp_core::sr25519;
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use sp_runtime::Permill;

/// The page under test.
const DOCS: &str = include_str!("../../docs/rpc.md");

/// What the examples say that Alice has claimed in her demo metaverse.
const CLAIMED: Area = Area::new(4, 4, 24, 24);

/// The first campaign of a chain.
const CAMPAIGN: CampaignId = 0;

/// What the examples say that Bob has put into it.
const TICKET: Balance = 1_000 * TUSD;

/// The world of Bob in the examples.
const BOBS: MetaverseId = DEMO + 1;

/// The world of Charlie.
const CHARLIES: MetaverseId = DEMO + 2;

/// The portal between these two worlds.
const TOLL_ROAD: PortalId = 0;

/// What it costs.
const TOLL: Balance = 100 * MILLI;

/// The portal that Alice has proposed.
const PROPOSAL: PortalId = 1;

/// The namespaces that the page describes.
const NAMESPACES: [&str; 4] = ["metaverse_", "land_", "escrow_", "portal_"];

/// Most that it may take until the chain makes blocks.
const FIRST_BLOCK: Duration = Duration::from_secs(30);

/// One method as the page describes it.
struct Method {
	name: String,
	request: String,
	answer: Value,
}

/// Whether a text begins with the name of a method that the page describes.
fn is_ours(text: &str) -> bool {
	NAMESPACES
		.iter()
		.any(|namespace| text.starts_with(namespace))
}

/// The methods that the page describes: a heading with the name, then a request and an answer.
fn documented() -> Vec<Method> {
	DOCS.split("\n## ")
		.filter(|section| is_ours(section))
		.map(|section| {
			let name = section
				.lines()
				.next()
				.unwrap_or_default()
				.trim()
				.to_string();
			let blocks: Vec<_> = section
				.split("```json\n")
				.skip(1)
				.filter_map(|rest| rest.split_once("```"))
				.map(|(block, _)| block)
				.collect();
			let [request, answer] = blocks[..] else {
				panic!(
					"{name} has {} blocks of JSON, not a request and an answer",
					blocks.len()
				)
			};
			let answer = serde_json::from_str(answer)
				.unwrap_or_else(|error| panic!("the answer of {name} is no JSON: {error}"));
			Method {
				name,
				request: request.to_string(),
				answer,
			}
		})
		.collect()
}

/// Does what the examples say: Alice claims land and opens a campaign, Bob puts money in, and there are
/// portals between their worlds and Charlie's.
fn prepare(node: &Node) {
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	runtime.block_on(async {
		let chain = Chain::connect(&node.ws_url())
			.await
			.expect("the node listens");
		let (alice, bob) = (Alice.pair(), Bob.pair());
		chain
			.submit(&alice, calls::claim(DEMO, CLAIMED, 0))
			.await
			.expect("Alice may claim in her own metaverse");

		let create = escrow::create(DEMO, terms(), milestones(), Policy::Open);
		chain
			.submit(&alice, create)
			.await
			.expect("the terms are within the rules");
		a_draft_takes_no_tickets(node);
		chain
			.submit(&alice, escrow::open(CAMPAIGN))
			.await
			.expect("Alice has the bond");
		let ticket = chain
			.ticket(CAMPAIGN, TICKET)
			.await
			.expect("the campaign is open");
		assert_eq!(ticket.accepted, TICKET);
		let commit = escrow::commit(CAMPAIGN, TICKET, ticket.version, ticket.terms_hash);
		chain.submit(&bob, commit).await.expect("Bob has the money");

		launch(&chain, &bob, "bobs-world", BOBS).await;
		launch(&chain, &Charlie.pair(), "charlies-world", CHARLIES).await;
		open_portals(&chain).await;
	});
}

/// Founds and launches a world.
async fn launch(chain: &Chain, owner: &sr25519::Pair, slug: &str, id: MetaverseId) {
	let profile = calls::profile(slug, "");
	let steps = vec![
		calls::register(slug, profile, Size::new(8, 8), Balance::MAX),
		calls::claim(id, Area::new(0, 0, 4, 4), 0),
		calls::set_endpoint(id, "https://world.example"),
		calls::launch(id),
	];
	for step in steps {
		chain
			.submit(owner, step)
			.await
			.unwrap_or_else(|error| panic!("{slug}: {error}"));
	}
}

/// Opens a portal for a toll between the worlds of Bob and Charlie, through which Dave goes, and
/// leaves a proposal of Alice to Bob unanswered.
async fn open_portals(chain: &Chain) {
	let propose = street::propose(gate(BOBS, "market"), gate(CHARLIES, ""), toll_road());
	chain
		.submit(&Bob.pair(), propose)
		.await
		.expect("Bob may propose for his world");
	chain
		.submit(&Charlie.pair(), street::accept(TOLL_ROAD, 1))
		.await
		.expect("Charlie may agree for his world");
	let travel = street::travel(TOLL_ROAD, 1, Way::There, TOLL, Proof::None);
	chain
		.submit(&Dave.pair(), travel)
		.await
		.expect("Dave has the toll");
	let propose = street::propose(gate(DEMO, ""), gate(BOBS, ""), members_only());
	chain
		.submit(&Alice.pair(), propose)
		.await
		.expect("Alice may propose for her world");
}

fn gate(metaverse: MetaverseId, spawn: &str) -> GateInput {
	GateInput {
		metaverse,
		parcel: None,
		spawn: spawn.as_bytes().to_vec(),
	}
}

/// The terms of the toll road.
fn toll_road() -> portal::Terms<BlockNumber> {
	portal::Terms {
		direction: Direction::TwoWay,
		toll: Some(Toll {
			asset: AssetKind::Native,
			amount: TOLL,
			split: Split {
				source: Permill::from_percent(49),
				destination: Permill::from_percent(49),
				network: Permill::from_percent(2),
			},
		}),
		access: Access::Open,
		rate: Some(Rate {
			refill: 5,
			window: 30,
			burst: 20,
		}),
		expires_at: None,
		notice: MinNotice::get(),
	}
}

/// The terms of the proposal: free for whoever owns land in the demo.
fn members_only() -> portal::Terms<BlockNumber> {
	portal::Terms {
		direction: Direction::OneWay,
		toll: None,
		access: Access::Holder { collection: DEMO },
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	}
}

/// The terms of the campaign of the examples. It stays open for as long as the test can take.
fn terms() -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::WithId(TEST_DOLLAR),
		goal: 10_000 * TUSD,
		cap: 20_000 * TUSD,
		min_ticket: 100 * TUSD,
		bond: 300 * TUSD,
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

/// Its milestones.
fn milestones() -> Vec<Milestone<BlockNumber>> {
	[(1, 2), (1, 3), (2, 4)]
		.into_iter()
		.map(|(weight, promise)| Milestone {
			weight,
			duration: 500,
			promise: Hash::repeat_byte(promise),
		})
		.collect()
}

/// Where two values differ in structure: in keys, in types, in what is `null`.
fn differences(path: &str, documented: &Value, live: &Value) -> Vec<String> {
	match (documented, live) {
		(Value::Object(documented), Value::Object(live)) => {
			let keys: BTreeSet<_> = documented.keys().chain(live.keys()).collect();
			keys.into_iter()
				.flat_map(|key| match (documented.get(key), live.get(key)) {
					(Some(documented), Some(live)) => {
						differences(&format!("{path}.{key}"), documented, live)
					}
					(Some(_), None) => vec![format!("{path}.{key} is not in the answer")],
					_ => vec![format!("{path}.{key} is not documented")],
				})
				.collect()
		}
		(Value::Array(documented), Value::Array(live)) if documented.len() == live.len() => {
			documented
				.iter()
				.zip(live)
				.enumerate()
				.flat_map(|(index, (documented, live))| {
					differences(&format!("{path}[{index}]"), documented, live)
				})
				.collect()
		}
		(Value::Null, Value::Null)
		| (Value::Bool(_), Value::Bool(_))
		| (Value::Number(_), Value::Number(_))
		| (Value::String(_), Value::String(_)) => Vec::new(),
		_ => vec![format!(
			"{path} is documented as {documented}, but is {live}"
		)],
	}
}

/// One node for all that needs one: to start it takes longer than everything else together.
#[test]
fn a_development_chain_answers_as_the_page_says() {
	let mut node = Node::start_dev(&[]);
	node.wait(FIRST_BLOCK, "first block", |node| {
		(node.best() > 0).then_some(())
	});

	every_method_is_documented(&node);
	parameters_come_by_position_or_by_name(&node);
	a_cursor_goes_through_a_list_once(&node);
	bad_input_gets_an_error_of_its_own(&node);
	prepare(&node);
	documented_requests_get_documented_answers(&node);
	what_comes_next_is_said_in_sentences(&node);
	assets_are_named_by_a_word_or_a_number(&node);
	routes_lead_through_portals_both_ways(&node);
	a_portal_says_in_sentences_what_comes_next(&node);
	a_proposal_belongs_to_both_ends(&node);
	who_has_no_pass_gets_null(&node);
	a_leaf_and_its_hash_fit_together(&node);
}

fn documented_requests_get_documented_answers(node: &Node) {
	for Method {
		name,
		request,
		answer,
	} in documented()
	{
		let live = node.post(&request);
		let differences = differences(&name, &answer, &live);
		assert!(
			differences.is_empty(),
			"{}\nin {live:#}",
			differences.join("\n")
		);
	}
}

fn every_method_is_documented(node: &Node) {
	let methods = documented();
	let listed = node.call("rpc_methods", json!([]));
	let offered: BTreeSet<_> = listed["methods"]
		.as_array()
		.expect("rpc_methods lists methods")
		.iter()
		.filter_map(Value::as_str)
		.filter(|name| is_ours(name))
		.collect();
	let documented: BTreeSet<_> = methods.iter().map(|method| method.name.as_str()).collect();
	assert_eq!(offered, documented);
}

#[test]
fn every_request_is_of_the_method_in_its_heading() {
	for Method { name, request, .. } in documented() {
		let request: Value = serde_json::from_str(&request)
			.unwrap_or_else(|error| panic!("the request of {name} is no JSON: {error}"));
		assert_eq!(request["method"], name);
	}
}

#[test]
fn every_error_is_documented() {
	let (_, errors) = DOCS
		.split_once("\n## Errors\n")
		.expect("there is a chapter on errors");
	let documented: Vec<_> = errors
		.lines()
		.filter(|line| line.starts_with("| 7"))
		.collect();
	let expected: Vec<_> = CODES
		.iter()
		.map(|code| format!("| {} | `{}` | {} |", code.number, code.name, code.message))
		.collect();
	assert_eq!(documented, expected);
}

fn bad_input_gets_an_error_of_its_own(node: &Node) {
	let alice = madang_node::rpc::json::address(&Alice.to_account_id());
	let too_large = "340282366920938463463374607431768211456";
	let cursor_of_list = node.call("metaverse_list", json!([null, 1]))["next"].take();
	assert!(
		cursor_of_list.is_string(),
		"there is more than one metaverse"
	);
	let no_block = format!("0x{}", "11".repeat(32));
	let nowhere = MetaverseId::MAX;
	let too_many_hops = portal::MAX_HOPS + 1;

	for (method, params, name) in [
		("metaverse_get", json!([2, no_block]), "unknownBlock"),
		("land_supply", json!({ "at": no_block }), "unknownBlock"),
		("metaverse_ownedBy", json!(["//Alice"]), "malformedAddress"),
		("land_parcelsOf", json!([&alice[1..]]), "malformedAddress"),
		("metaverse_list", json!([null, 0]), "badLimit"),
		("metaverse_ownedBy", json!([alice, null, 101]), "badLimit"),
		(
			"land_parcelsOf",
			json!({ "account": alice, "limit": 101 }),
			"badLimit",
		),
		("metaverse_list", json!(["first"]), "badCursor"),
		("metaverse_list", json!(["0x00ffffffff"]), "badCursor"),
		(
			"metaverse_ownedBy",
			json!([alice, cursor_of_list]),
			"badCursor",
		),
		(
			"land_parcelsOf",
			json!([alice, cursor_of_list]),
			"badCursor",
		),
		("metaverse_get", json!([u32::MAX]), "unknownMetaverse"),
		("land_parcel", json!([u32::MAX, 0]), "unknownMetaverse"),
		(
			"land_area",
			json!([u32::MAX, Area::new(0, 0, 1, 1)]),
			"unknownMetaverse",
		),
		("metaverse_bySlug", json!(["Madang-Demo"]), "malformedSlug"),
		("metaverse_bySlug", json!(["마당"]), "malformedSlug"),
		(
			"metaverse_bySlug",
			json!(["nobody-has-this"]),
			"unknownSlug",
		),
		("land_parcel", json!([DEMO, u32::MAX]), "unknownParcel"),
		(
			"land_area",
			json!([DEMO, Area::new(0, 0, 0, 1)]),
			"emptyArea",
		),
		(
			"land_area",
			json!([DEMO, Area::new(0, 0, 1, 0)]),
			"emptyArea",
		),
		(
			"land_area",
			json!([DEMO, Area::new(u16::MAX, 0, 1, 1)]),
			"outsideTerritory",
		),
		(
			"land_parcelAt",
			json!([DEMO, u16::MAX, u16::MAX]),
			"outsideTerritory",
		),
		(
			"land_area",
			json!([DEMO, Area::new(0, 0, 129, 1)]),
			"viewportTooLarge",
		),
		(
			"land_area",
			json!([DEMO, Area::new(0, 0, 1, u16::MAX)]),
			"viewportTooLarge",
		),
		("land_quote", json!([0]), "badCells"),
		("land_quote", json!([u32::MAX]), "badCells"),
		("escrow_rules", json!([no_block]), "unknownBlock"),
		("escrow_positionsOf", json!(["Bob"]), "malformedAddress"),
		("escrow_campaigns", json!([null, 101]), "badLimit"),
		("escrow_campaignsOf", json!([DEMO, null, 0]), "badLimit"),
		("escrow_positionsOf", json!([alice, null, 0]), "badLimit"),
		("escrow_campaigns", json!([cursor_of_list]), "badCursor"),
		(
			"escrow_campaignsOf",
			json!([DEMO, cursor_of_list]),
			"badCursor",
		),
		(
			"escrow_positionsOf",
			json!([alice, cursor_of_list]),
			"badCursor",
		),
		("escrow_campaign", json!([u32::MAX]), "unknownCampaign"),
		("escrow_quote", json!([u32::MAX, "1"]), "unknownCampaign"),
		("escrow_position", json!([u32::MAX]), "unknownPosition"),
		("escrow_claimable", json!([u32::MAX]), "unknownPosition"),
		("escrow_quote", json!([0, ""]), "malformedAmount"),
		("escrow_quote", json!([0, "1.5"]), "malformedAmount"),
		("escrow_quote", json!([0, "-1"]), "malformedAmount"),
		("escrow_quote", json!([0, too_large]), "malformedAmount"),
		("portal_get", json!([0, no_block]), "unknownBlock"),
		("portal_pass", json!([0, "Dave"]), "malformedAddress"),
		("portal_allowlistLeaf", json!([""]), "malformedAddress"),
		("portal_proposals", json!([DEMO, null, 0]), "badLimit"),
		("portal_proposals", json!([DEMO, null, 101]), "badLimit"),
		(
			"portal_proposals",
			json!([DEMO, cursor_of_list]),
			"badCursor",
		),
		("portal_from", json!([nowhere]), "unknownMetaverse"),
		("portal_to", json!([nowhere]), "unknownMetaverse"),
		("portal_proposals", json!([nowhere]), "unknownMetaverse"),
		(
			"portal_route",
			json!([DEMO, nowhere, 1]),
			"unknownMetaverse",
		),
		(
			"portal_route",
			json!([nowhere, DEMO, 1]),
			"unknownMetaverse",
		),
		("portal_get", json!([PortalId::MAX]), "unknownPortal"),
		("portal_route", json!([DEMO, 0, 0]), "badHops"),
		("portal_route", json!([DEMO, 0, too_many_hops]), "badHops"),
		("portal_route", json!([DEMO, 0, 1]), "noRoute"),
	] {
		let what = format!("{method} {params}");
		let error = node.rpc(method, params).expect_err(&what);
		is_error(&error, name, &what);
	}

	// What is not even of the right type never reaches us.
	for (method, params) in [
		("metaverse_get", json!(["two"])),
		("metaverse_get", json!([-1])),
		("metaverse_get", json!([])),
		("metaverse_get", json!([2, "0x12"])),
		("land_parcelAt", json!([DEMO, 65_536, 0])),
		("land_area", json!([DEMO, { "x": 0, "y": 0, "width": 1 }])),
		("land_quote", json!([1.5])),
		("escrow_campaign", json!(["0"])),
		("escrow_quote", json!([0, 1])),
		("escrow_asset", json!(["gold"])),
		("escrow_asset", json!([{ "id": 1 }])),
		("portal_get", json!(["0"])),
		("portal_route", json!([0, 1])),
		("portal_route", json!([0, 1, -1])),
		("portal_pass", json!([0])),
	] {
		let what = format!("{method} {params}");
		let error = node.rpc(method, params).expect_err(&what);
		assert_eq!(error["code"], -32602, "{what}");
	}
}

/// Checks that an error is the documented one with this name.
fn is_error(error: &Value, name: &str, what: &str) {
	assert_eq!(error["data"]["name"], name, "{what} got {error}");
	let code = CODES
		.iter()
		.find(|code| code.name == name)
		.expect("the name is one of ours");
	assert_eq!(error["code"], code.number, "{what}");
	assert_eq!(error["message"], code.message, "{what}");
}

fn a_draft_takes_no_tickets(node: &Node) {
	let error = node
		.rpc("escrow_quote", json!([CAMPAIGN, TICKET.to_string()]))
		.expect_err("nobody can commit to a draft");
	is_error(&error, "notOpen", "a quote for a draft");
}

fn what_comes_next_is_said_in_sentences(node: &Node) {
	let campaign = node.call("escrow_campaign", json!([CAMPAIGN]));
	let next = campaign["next"].as_array().expect("`next` is a list");
	assert!(!next.is_empty(), "an open campaign goes on somehow");
	for step in next {
		let says = step["says"].as_str().expect("`says` is a text");
		let call = step["call"].as_str().expect("`call` is a text");
		assert!(says.contains(&format!("`{call}`")), "{says}");
		assert!(says.ends_with('.'), "{says}");
		for when in ["from", "until"] {
			let block = step[when]["block"].as_u64();
			let to_come =
				block.filter(|block| *block > campaign["now"]["block"].as_u64().unwrap_or(0));
			if let Some(block) = to_come {
				assert!(says.contains(&format!("block {block} and 2")), "{says}");
			}
		}
	}
}

fn assets_are_named_by_a_word_or_a_number(node: &Node) {
	for asset in [json!("native"), json!(TEST_DOLLAR)] {
		let rules = node.call("escrow_asset", json!({ "asset": asset }));
		assert!(rules["minGoal"].is_string(), "{asset} may be collected");
	}
	let other = node.call("escrow_asset", json!([u32::MAX]));
	assert_eq!(
		other,
		Value::Null,
		"nobody may collect an asset that is not there"
	);
}

fn routes_lead_through_portals_both_ways(node: &Node) {
	for (from, to, way) in [(BOBS, CHARLIES, "there"), (CHARLIES, BOBS, "back")] {
		let route = node.call(
			"portal_route",
			json!({ "from": from, "to": to, "maxHops": 8 }),
		);
		let steps = route["steps"].as_array().expect("a route has steps");
		assert_eq!(steps.len(), 1, "{route}");
		assert_eq!(steps[0]["portal"], TOLL_ROAD);
		assert_eq!(steps[0]["way"], way);
		assert_eq!(steps[0]["to"], to);
		assert_eq!(route["nativeToll"], TOLL.to_string());
	}
	assert_eq!(
		node.call("portal_route", json!([DEMO, DEMO, 8])),
		json!({ "steps": [], "nativeToll": "0" }),
		"one is there already"
	);
	let error = node
		.rpc("portal_route", json!([DEMO, BOBS, 8]))
		.expect_err("what is only proposed carries nobody");
	is_error(&error, "noRoute", "a route through a proposal");
}

fn a_portal_says_in_sentences_what_comes_next(node: &Node) {
	for (id, call, actor) in [
		(TOLL_ROAD, "travel", "visitor"),
		(PROPOSAL, "accept", "destinationWorld"),
	] {
		let portal = node.call("portal_get", json!([id]));
		let next = portal["next"].as_array().expect("`next` is a list");
		let step = next
			.iter()
			.find(|step| step["call"] == call)
			.unwrap_or_else(|| panic!("nobody can call `{call}`: {portal}"));
		assert_eq!(step["actor"], actor);
		for step in next {
			let says = step["says"].as_str().expect("`says` is a text");
			let call = step["call"].as_str().expect("`call` is a text");
			assert!(
				says.contains(&format!("`{call}`")) && says.ends_with('.'),
				"{says}"
			);
		}
	}
}

fn a_proposal_belongs_to_both_ends(node: &Node) {
	let of = |metaverse| node.call("portal_proposals", json!([metaverse]));
	assert_eq!(of(DEMO)["items"][0]["id"], PROPOSAL);
	assert_eq!(of(DEMO), of(BOBS));
	assert_eq!(of(CHARLIES)["items"], json!([]));
	for (method, metaverse) in [("portal_from", DEMO), ("portal_to", BOBS)] {
		let in_force = node.call(method, json!([metaverse]));
		assert_eq!(in_force, json!([]), "{method} {metaverse}");
	}
}

fn who_has_no_pass_gets_null(node: &Node) {
	let alice = madang_node::rpc::json::address(&Alice.to_account_id());
	for id in [TOLL_ROAD, PortalId::MAX] {
		let pass = node.call("portal_pass", json!([id, alice]));
		assert_eq!(pass, Value::Null);
	}
}

fn a_leaf_and_its_hash_fit_together(node: &Node) {
	let dave = Dave.to_account_id();
	let address = madang_node::rpc::json::address(&dave);
	let answer = node.call("portal_allowlistLeaf", json!([address]));
	let genesis: Hash = serde_json::from_value(node.block_hash(0)).expect("there is a first block");
	let leaf = codec::Encode::encode(&portal::AllowlistLeaf::new(genesis, dave));
	let hash = Hash::from(blake2_256(&leaf));
	assert_eq!(
		answer,
		json!({ "leaf": sp_core::Bytes(leaf), "hash": hash })
	);
}

fn parameters_come_by_position_or_by_name(node: &Node) {
	let best = node.call("chain_getBlockHash", json!([]));
	let by_position = node.call("metaverse_get", json!([DEMO, best]));
	assert_eq!(
		node.call("metaverse_get", json!({ "id": DEMO, "at": best })),
		by_position
	);
	assert_eq!(
		node.call("metaverse_bySlug", json!({ "slug": by_position["slug"] })),
		by_position
	);

	let free = node.call(
		"land_parcelAt",
		json!({ "metaverse": DEMO, "x": 0, "y": 0 }),
	);
	assert_eq!(free, Value::Null, "nobody has claimed this cell");
}

fn a_cursor_goes_through_a_list_once(node: &Node) {
	let mut ids = Vec::new();
	let mut cursor = Value::Null;
	loop {
		let mut page = node.call("metaverse_list", json!({ "cursor": cursor, "limit": 1 }));
		let items = page["items"].as_array().expect("a page has items");
		ids.extend(
			items
				.iter()
				.map(|item| item["id"].as_u64().expect("an id is a number")),
		);
		cursor = page["next"].take();
		if cursor.is_null() {
			break;
		}
	}
	let whole = node.call("metaverse_list", json!([]));
	let whole: Vec<_> = whole["items"]
		.as_array()
		.expect("a page has items")
		.iter()
		.map(|item| item["id"].as_u64().expect("an id is a number"))
		.collect();
	assert_eq!(ids, whole);
	assert!(
		whole.starts_with(&[0, 1, u64::from(DEMO)]),
		"two towns and the demo come first"
	);
}
