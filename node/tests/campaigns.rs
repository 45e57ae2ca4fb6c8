//! Plays funding campaigns from outside against a node that has just been started.

mod common;

use madang_client::{
	campaign::{
		answers::Campaign,
		calls,
		player::{self, Report},
		script::{Script, PERIOD, SCRIPTS},
		Person,
	},
	chain::{self, Chain},
	money::MDG,
};
use madang_primitives::escrow::{CampaignId, Phase, PositionId, Terms};
use madang_runtime::{BlockNumber, ProxyType, RuntimeCall};
use tokio::time::{sleep, timeout, Duration};

/// Most that the chain may take until a campaign's deadline has come.
const DEADLINE: Duration = Duration::from_secs(LONG as u64 * 2 * 4);

/// Blocks for which the campaign is open that is tried.
const LONG: BlockNumber = 30;

/// How often something is looked at while waiting for it.
const POLL: Duration = Duration::from_millis(500);

/// A ticket that the script of the campaign that is tried allows.
const TICKET: u128 = 25 * MDG;

#[test]
fn every_unit_of_three_campaigns_is_accounted_for() {
	let node = common::Node::start_dev(&[]);
	let url = node.ws_url();
	tokio::runtime::Runtime::new()
		.expect("threads can be started")
		.block_on(async {
			let chain = Chain::connect(&url).await.expect("the node answers");
			// Both at once: the campaigns take as long as their periods say.
			let (report, ()) = tokio::join!(played(&chain), refusals_are_clear(&chain));
			sums_are_zero(&report);
			pictures_are_there(&report);
			ends_are_as_the_scripts_say(&report);
			a_tag_cannot_be_used_twice(&chain).await;
		});
}

async fn played(chain: &Chain) -> Report {
	player::play(chain, &SCRIPTS, "one", &somebody("Alice"), &|line| {
		println!("{line}")
	})
	.await
	.unwrap_or_else(|error| panic!("{error}"))
}

fn sums_are_zero(report: &Report) {
	assert_eq!(report.problems(), Vec::<String>::new());
	assert_eq!(report.campaigns.len(), SCRIPTS.len());
	for campaign in &report.campaigns {
		println!("{}", campaign.statement.text());
		assert_eq!(campaign.statement.sum(), 0, "{}", campaign.name);
		assert!(campaign.statement.told.money.committed > 0);
	}
}

fn pictures_are_there(report: &Report) {
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	report.write(folder.path()).expect("the folder is writable");
	for campaign in &report.campaigns {
		let read = |end: &str| {
			let file = folder.path().join(format!("{}.{end}", campaign.name));
			std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"))
		};
		let svg = read("svg");
		assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
		assert!(svg.contains("waits in the pot") && svg.contains(&campaign.statement.unit.symbol));
		assert!(
			campaign.chart.samples.len() > PERIOD as usize,
			"a sample for each block"
		);
		assert!(read("txt").contains("agrees with escrow_campaign"));
	}
}

fn ends_are_as_the_scripts_say(report: &Report) {
	let told = |name: &str| -> &Campaign {
		let played = report.campaigns.iter().find(|played| played.name == name);
		&played.expect("it was played").statement.told
	};
	let (succeeds, fails, vanishes) = (told("succeeds"), told("fails"), told("vanishes"));

	assert_eq!(succeeds.phase, Phase::Completed);
	assert_eq!((succeeds.pool, succeeds.stale), (0, 0));
	assert!(succeeds.money.exited > 0 && succeeds.money.fees > 0);
	assert_eq!(
		succeeds.money.released + succeeds.money.fees + succeeds.money.exited,
		succeeds.money.committed
	);

	assert_eq!(fails.phase, Phase::Failed);
	assert_eq!(fails.money.refunded, fails.money.committed);
	assert_eq!(fails.money.bond_returned, fails.money.bond_deposited);
	assert_eq!(fails.money.fees, 0);

	assert_eq!(vanishes.phase, Phase::WindDown);
	assert!(vanishes.money.released > 0);
	assert_eq!(vanishes.money.bond_slashed, vanishes.money.bond_deposited);
	assert_eq!(
		vanishes.money.claimed,
		vanishes.money.committed + vanishes.money.bond_slashed
			- vanishes.money.released
			- vanishes.money.fees
	);

	for played in &report.campaigns {
		assert_eq!(
			played.closed,
			played.statement.told.phase != Phase::Completed,
			"{}",
			played.name
		);
	}
}

/// What must not work does not work, and the reason is told by name.
async fn refusals_are_clear(chain: &Chain) {
	let (founder, bob) = (somebody("Charlie"), somebody("Bob"));
	let (stranger, proxy) = (somebody("Dave"), somebody("Eve"));
	let campaign = opened(chain, &founder).await;
	let told = look(chain, campaign).await;
	let (version, hash) = (told.version, told.terms_hash);
	let commit = |amount: u128| calls::commit(campaign, amount, version, hash);

	// Terms that nobody offered.
	let mut other = hash;
	other.0[0] ^= 1;
	let call = calls::commit(campaign, TICKET, version, other);
	refused(chain, &bob, call, "Escrow.WrongTermsHash").await;
	let call = calls::commit(campaign, TICKET, version + 1, hash);
	refused(chain, &bob, call, "Escrow.WrongVersion").await;

	// A proxy that may not move money may not commit it either.
	let call = calls::add_proxy(&proxy.account, ProxyType::NonTransfer);
	submit(chain, &bob, call).await;
	let before = chain.free_balance(&bob.account).await.expect("it is read");
	let call = calls::for_somebody(&bob.account, commit(TICKET));
	let included = submit(chain, &proxy, call).await;
	let (error, text) = included
		.refused_inside()
		.expect("the call of the proxy was refused");
	assert_eq!(error, "System.CallFiltered");
	assert!(!text.is_empty());
	let after = chain.free_balance(&bob.account).await.expect("it is read");
	assert_eq!(before, after);
	assert_eq!(look(chain, campaign).await.money.committed, 0);

	// Nobody claims what is not theirs, and nobody claims too early.
	let included = submit(chain, &bob, commit(TICKET)).await;
	let position = player::committed(&included).expect("there is a position");
	refused(
		chain,
		&stranger,
		calls::claim(position),
		"Escrow.NotPositionOwner",
	)
	.await;
	refused(chain, &bob, calls::claim(position), "Escrow.NothingToClaim").await;
	refused(
		chain,
		&stranger,
		calls::claim(PositionId::MAX),
		"Escrow.UnknownPosition",
	)
	.await;
	refused(
		chain,
		&stranger,
		calls::advance(campaign),
		"Escrow.NothingDue",
	)
	.await;

	// Too late.
	timeout(DEADLINE, async {
		while look(chain, campaign).await.phase != Phase::Ended {
			sleep(POLL).await;
		}
	})
	.await
	.expect("the deadline comes");
	refused(chain, &stranger, commit(TICKET), "Escrow.CommitmentsClosed").await;
}

/// The same slugs cannot be founded a second time, and the error says where.
async fn a_tag_cannot_be_used_twice(chain: &Chain) {
	let alice = somebody("Alice");
	let again = player::play(chain, &SCRIPTS[1..2], "one", &alice, &|_| {});
	let told = again.await.err().expect("its slug is taken").to_string();
	assert!(
		told.contains("fails-one") && told.contains("Metaverse.SlugTaken"),
		"{told}"
	);
}

/// Founds a metaverse and opens a campaign in the native token for it.
async fn opened(chain: &Chain, founder: &Person) -> CampaignId {
	let script: &Script = SCRIPTS
		.iter()
		.find(|script| script.name == "fails")
		.expect("there is one");
	let unit = chain.unit(&script.asset).await.expect("it has a name");
	let metaverse = player::found(chain, founder, "tried-from-outside")
		.await
		.unwrap_or_else(|error| panic!("{error}"));
	let terms = Terms {
		period: LONG,
		..script.terms(&unit)
	};
	let call = calls::create(metaverse.id, terms, script.milestones(), script.policy());
	let included = submit(chain, founder, call).await;
	let campaign = player::created(&included).expect("there is a campaign");
	submit(chain, founder, calls::open(campaign)).await;
	campaign
}

async fn look(chain: &Chain, campaign: CampaignId) -> Campaign {
	chain
		.campaign(campaign, None)
		.await
		.unwrap_or_else(|error| panic!("{error}"))
}

async fn submit(chain: &Chain, signer: &Person, call: RuntimeCall) -> chain::Included {
	chain
		.submit(&signer.pair, call)
		.await
		.unwrap_or_else(|error| panic!("{error}"))
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
