//! Opens a street of portals from outside on a node that has just been started.

mod common;

use madang_client::{
	calls as common_calls,
	campaign::{calls::pay, Person},
	chain::{self, Chain},
	money::MDG,
	street::{
		answers::Portal,
		calls,
		plan::{Plan, State},
		player, Report,
	},
};
use madang_primitives::{
	escrow::AssetKind,
	portal::{PortalState, Proof, Way},
	town, MetaverseId,
};
use madang_runtime::RuntimeCall;

const STREET: &str = include_str!("../../client/stories/street.toml");

/// The test dollar of a development chain.
const TEST_DOLLAR: AssetKind = AssetKind::WithId(1);

/// One test dollar.
const TUSD: u128 = 1_000_000;

/// The toll of the toll road.
const TOLL: u128 = 2_500_001;

#[test]
fn a_street_is_opened_walked_and_drawn() {
	let node = common::Node::start_dev(&[]);
	let url = node.ws_url();
	tokio::runtime::Runtime::new()
		.expect("threads can be started")
		.block_on(async {
			let chain = Chain::connect(&url).await.expect("the node answers");
			let plan = plan(STREET);
			let report = played(&chain, &plan).await;
			tolls_are_shared_to_the_unit(&report);
			picture_is_there(&report, &plan);
			let toll_road = opened(&chain, &report, "toll-road").await;

			// Everything is there already.
			let again = played(&chain, &plan).await;
			assert_eq!(again.transactions, 0);
			assert!(again
				.books
				.iter()
				.all(|books| books.changes.is_empty() && books.network == 0));
			assert_eq!(again.chart.svg(), report.chart.svg());

			refusals_are_clear(&chain, &toll_road).await;
			an_interrupted_run_goes_on(&chain, &toll_road).await;
		});
}

fn plan(text: &str) -> Plan {
	Plan::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

async fn played(chain: &Chain, plan: &Plan) -> Report {
	player::play(chain, plan, &|line| println!("{line}"))
		.await
		.unwrap_or_else(|error| panic!("{error}"))
}

/// What the player has judged itself, once more from its report.
fn tolls_are_shared_to_the_unit(report: &Report) {
	let books = |symbol: &str| {
		let mut books = report.books.iter();
		books
			.find(|books| books.unit.symbol == symbol)
			.expect("tolls are paid in it")
	};
	for (symbol, toll, shares) in [
		("TUSD", TOLL as i128, [1_500_000, 950_000, 50_001]),
		(
			"MDG",
			750_000_000_007,
			[249_999_750_002, 485_000_250_004, 15_000_000_001],
		),
	] {
		let books = books(symbol);
		println!("{}", books.text());
		assert_eq!(books.sum(), 0);
		let mut amounts: Vec<i128> = books.changes.iter().map(|change| change.amount).collect();
		amounts.sort();
		// One walker, and two worlds; whoever was refused has neither more nor less.
		let [source, destination, network] = shares;
		let mut expected = [-toll, source, destination];
		expected.sort();
		assert_eq!(amounts, expected, "{symbol}");
		assert_eq!(books.network as i128, network, "{symbol}");
		assert_eq!(shares.iter().sum::<i128>(), toll);
	}
}

fn picture_is_there(report: &Report, plan: &Plan) {
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	report.write(folder.path()).expect("the folder is writable");
	let read = |name: &str| {
		let file = folder.path().join(name);
		std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"))
	};
	let svg = read("street.svg");
	assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
	assert_eq!(
		svg.matches("id=\"portal-").count(),
		plan.portals.len(),
		"every portal once"
	);
	assert_eq!(
		svg.matches("class=\"walked\"").count(),
		plan.walk.through.len() + 1,
		"every step, and the way along the street"
	);
	let text = read("street.txt");
	for portal in &plan.portals {
		assert!(text.contains(&format!(", {}: ", portal.id)), "{text}");
	}
	for (portal, line) in plan.portals.iter().zip(&report.chart.lines) {
		let expected = match portal.state {
			State::Open => PortalState::Open,
			State::Paused => PortalState::Paused,
			State::Closing => PortalState::Closing,
		};
		assert_eq!(line.state, expected, "{}", portal.id);
	}
}

async fn opened(chain: &Chain, report: &Report, name: &str) -> Portal {
	let mut lines = report.chart.lines.iter();
	let line = lines.find(|line| line.name == name).expect("it is drawn");
	chain
		.portal(line.id)
		.await
		.unwrap_or_else(|error| panic!("{error}"))
}

/// What must not work does not work, and the reason is told by name.
async fn refusals_are_clear(chain: &Chain, toll_road: &Portal) {
	let (bob, town) = (somebody("Bob"), launch_town(chain).await);
	let id = toll_road.id;
	let version = toll_road.agreement.as_ref().expect("it is open").version;
	let travel = |version, way, limit, proof| calls::travel(id, version, way, limit, proof);

	let road = town::street_plan()[0];
	for area in [road, madang_primitives::geometry::Area::new(0, 28, 1, 1)] {
		let call = common_calls::claim(town, area, 1_000 * MDG);
		refused(chain, &bob, call, "Land.Occupied").await;
	}
	let call = travel(version, Way::There, TOLL - 1, Proof::None);
	refused(chain, &bob, call, "Portal.TollAboveLimit").await;
	let call = travel(version + 1, Way::There, TOLL, Proof::None);
	refused(chain, &bob, call, "Portal.WrongVersion").await;
	let call = travel(version, Way::There, TOLL, Proof::Item(0));
	refused(chain, &bob, call, "Portal.WrongProofKind").await;
	for call in [calls::pause(id), calls::close(id)] {
		refused(chain, &bob, call, "Portal.NotAParty").await;
	}
	refused(chain, &bob, calls::accept(id, version), "Portal.NoOffer").await;
	refused(chain, &bob, calls::admit(id, &bob.account), "Portal.NoPass").await;

	// Whoever has a pass is not the one to admit.
	submit(chain, &bob, travel(version, Way::Back, TOLL, Proof::None)).await;
	let call = travel(version, Way::There, TOLL, Proof::None);
	refused(chain, &bob, call, "Portal.AlreadyHasPass").await;
	for call in [
		calls::admit(id, &bob.account),
		calls::refuse(id, &bob.account),
	] {
		refused(chain, &bob, call, "Portal.NotGatekeeper").await;
	}
}

/// Somebody has taken a pass when a run was interrupted: the next one lets that visitor in, and does
/// nothing else.
async fn an_interrupted_run_goes_on(chain: &Chain, toll_road: &Portal) {
	let late = Person::new("late", "//Street//Visitor//late").expect("it is a seed");
	let more = format!(
		"{}\n[[errand]]\nwho = \"late\"\nportal = \"toll-road\"\nends = \"admitted\"\n",
		STREET.replacen(
			"visitor = [",
			"visitor = [{ id = \"late\", name = \"Late\", seed = \"//Street//Visitor//late\" },",
			1
		)
	);
	let plan = plan(&more);
	let alice = somebody("Alice");
	for call in [
		pay(&AssetKind::Native, &late.account, 5 * MDG),
		pay(&TEST_DOLLAR, &late.account, 10 * TUSD),
	] {
		submit(chain, &alice, call).await;
	}
	let version = toll_road.agreement.as_ref().expect("it is open").version;
	let call = calls::travel(toll_road.id, version, Way::There, TOLL, Proof::None);
	submit(chain, &late, call).await;

	let report = played(chain, &plan).await;
	assert_eq!(report.transactions, 1, "the pass is admitted");
	let mut books = report.books.iter();
	let books = books
		.find(|books| books.unit.symbol == "TUSD")
		.expect("tolls are paid in it");
	assert!(books
		.changes
		.iter()
		.any(|change| change.who == "Late" && change.amount == -(TOLL as i128)));
	assert_eq!(played(chain, &plan).await.transactions, 0);
}

async fn launch_town(chain: &Chain) -> MetaverseId {
	let town = chain.metaverse_by_slug("launch-town").await;
	town.unwrap_or_else(|error| panic!("{error}"))
		.expect("it exists from genesis")
		.id
}

async fn submit(chain: &Chain, signer: &Person, call: RuntimeCall) {
	chain
		.submit(&signer.pair, call)
		.await
		.unwrap_or_else(|error| panic!("{error}"));
}

/// The call is refused with this error, and the sentence of the metadata follows.
async fn refused(chain: &Chain, signer: &Person, call: RuntimeCall, expected: &str) {
	let refusal = chain.submit(&signer.pair, call).await;
	let Err(chain::Error::Refused { error, text, .. }) = refusal else {
		panic!("{expected} was expected, not {refusal:?}");
	};
	assert_eq!(error, expected);
	assert!(text.len() > 20, "{text:?} explains nothing");
}

/// A development account.
fn somebody(name: &str) -> Person {
	Person::new(name, &format!("//{name}")).unwrap_or_else(|error| panic!("{error}"))
}
