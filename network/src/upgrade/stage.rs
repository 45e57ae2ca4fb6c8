//! What lives on the chain while its rules change: land that is for sale, a campaign with money of two
//! investors, and a portal with two visitors whose tolls are on hold.

use madang_client::{
	calls,
	campaign::{calls as escrow, player},
	chain::{Chain, Error as ChainError, Included},
	money::MDG,
	street::calls as street,
};
use madang_primitives::{
	escrow::{Apathy, AssetKind, CampaignId, Milestone, Policy, PositionId, Terms},
	geometry::{Area, Size},
	portal::{self, Access, Direction, GateInput, PortalId, Proof, Split, Toll, Way},
	Balance, CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE as DEMO, TEST_DOLLAR, TUSD},
	BlockNumber, Hash, RuntimeCall, RuntimeEvent,
};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};
use sp_runtime::Permill;

use crate::{must, Error, Outcome};

/// The first portal of a chain, and its first terms.
const PORTAL: PortalId = 0;
const VERSION: u32 = 1;

/// What it costs to go through.
const TOLL: Balance = 5 * TUSD;

/// What each investor puts into the campaign.
const TICKET: Balance = 1_000 * TUSD;

/// What the founder puts at stake for it.
const BOND: Balance = 300 * TUSD;

/// The least balance of the test dollar, which the founder of a campaign pays for its pot.
const LEAST: Balance = TUSD / 100;

/// What the parcel costs.
const PRICE: Balance = 10 * MDG;

/// The test dollar.
const DOLLAR: AssetKind = AssetKind::WithId(TEST_DOLLAR);

/// The part of Alice's land that is for sale.
const LAND: Area = Area::new(4, 4, 8, 8);

/// What was made.
pub struct Stage {
	campaign: CampaignId,
	positions: Vec<(Sr25519Keyring, PositionId)>,
	collection: CollectionId,
	parcel: ParcelId,
	/// What Alice, Bob, Charlie and Dave had in test dollars before all of this.
	began_with: Vec<(Sr25519Keyring, Balance)>,
}

/// What the client says, in the words of this crate.
pub fn told(error: ChainError) -> Error {
	Error::Broken(error.to_string())
}

/// Sends a call and waits until a block has it.
pub async fn submit(chain: &Chain, who: Sr25519Keyring, call: RuntimeCall) -> Outcome<Included> {
	chain.submit(&who.pair(), call).await.map_err(told)
}

async fn dollars(chain: &Chain, who: Sr25519Keyring) -> Outcome<Balance> {
	let purse = chain.purse(&DOLLAR, &who.to_account_id(), None).await;
	Ok(purse.map_err(told)?.total())
}

async fn held(chain: &Chain, who: Sr25519Keyring) -> Outcome<Balance> {
	let purse = chain.purse(&DOLLAR, &who.to_account_id(), None).await;
	Ok(purse.map_err(told)?.held)
}

impl Stage {
	/// Makes all of it, from outside.
	pub async fn set(chain: &Chain) -> Outcome<Self> {
		let mut began_with = Vec::new();
		for who in [Alice, Bob, Charlie, Dave] {
			began_with.push((who, dollars(chain, who).await?));
		}
		let world = worlds(chain).await?;
		let (collection, parcel) = for_sale(chain).await?;
		doors(chain, world).await?;
		let (campaign, positions) = campaign(chain).await?;
		let stage = Self {
			campaign,
			positions,
			collection,
			parcel,
			began_with,
		};
		stage.is_alive(chain).await?;
		Ok(stage)
	}

	/// All money that should be on hold is.
	async fn is_alive(&self, chain: &Chain) -> Outcome<()> {
		for visitor in [Charlie, Dave] {
			let held = held(chain, visitor).await?;
			must(held == TOLL, || {
				format!("{visitor:?} has {held} on hold and not a toll")
			})?;
		}
		let campaign = chain.campaign(self.campaign, None).await.map_err(told)?;
		let pool = TICKET * self.positions.len() as u128;
		must(campaign.pool == pool && campaign.bond == BOND, || {
			format!("the campaign holds {} and {}", campaign.pool, campaign.bond)
		})
	}

	/// What to ask about all of this, without the block at which it is asked, which comes last.
	pub fn questions(&self) -> Vec<(&'static str, Vec<Value>)> {
		let visitor = json!(Charlie.to_account_id().to_string());
		let mut questions = vec![
			("metaverse_get", vec![json!(DEMO)]),
			("land_parcel", vec![json!(DEMO), json!(self.parcel)]),
			("land_supply", vec![]),
			("escrow_campaign", vec![json!(self.campaign)]),
			("escrow_rules", vec![]),
			("portal_get", vec![json!(PORTAL)]),
			("portal_pass", vec![json!(PORTAL), visitor]),
		];
		for (_, position) in &self.positions {
			questions.push(("escrow_position", vec![json!(position)]));
			questions.push(("escrow_claimable", vec![json!(position)]));
		}
		questions
	}

	/// Brings everything to its end, and accounts for all money.
	pub async fn end(&self, chain: &Chain) -> Outcome<String> {
		self.is_alive(chain).await?;
		let (charlie, dave) = (Charlie.to_account_id(), Dave.to_account_id());
		let settled = submit(chain, Bob, street::admit(PORTAL, &charlie)).await?;
		let shares = settled.events.iter().find_map(|event| match event {
			RuntimeEvent::Portal(pallet_portal::Event::TollSettled {
				source,
				destination,
				network,
				returned,
				..
			}) => Some((source + destination + network, *returned)),
			_ => None,
		});
		must(shares == Some((TOLL, 0)), || {
			format!("the toll was settled as {shares:?}")
		})?;
		submit(chain, Bob, street::refuse(PORTAL, &dave)).await?;

		submit(chain, Bob, calls::buy(self.collection, self.parcel, PRICE)).await?;
		let parcel = chain.parcel(DEMO, self.parcel).await.map_err(told)?;
		must(parcel.owner == Some(Bob.to_account_id()), || {
			format!("the parcel that Bob bought belongs to {:?}", parcel.owner)
		})?;

		submit(chain, Alice, escrow::cancel(self.campaign)).await?;
		for (investor, position) in &self.positions {
			submit(chain, *investor, escrow::claim(*position)).await?;
		}
		// The treasury gets the least balance that the founder gave the pot.
		submit(chain, Alice, escrow::close(self.campaign)).await?;
		for (who, before) in &self.began_with {
			let spent = match who {
				Alice => LEAST,
				Charlie => TOLL,
				_ => 0,
			};
			let (after, held) = (dollars(chain, *who).await?, held(chain, *who).await?);
			must(after + spent == *before && held == 0, || {
				format!(
					"{who:?} had {before} test dollars, and has {after}, of which {held} on hold"
				)
			})?;
		}
		Ok(
			"after it one pass was admitted and its toll shared to the unit, the other refused and its toll \
			 given back, the parcel bought at its price, and the campaign cancelled and closed: both investors \
			 have every unit back, and the founder all but the least balance of the pot"
				.into(),
		)
	}
}

/// Launches Alice's metaverse and one of Bob's, and gives the id of his.
async fn worlds(chain: &Chain) -> Outcome<MetaverseId> {
	submit(chain, Alice, calls::claim(DEMO, LAND, 0)).await?;
	submit(
		chain,
		Alice,
		calls::set_endpoint(DEMO, "https://demo.example"),
	)
	.await?;
	submit(chain, Alice, calls::launch(DEMO)).await?;
	let slug = "rehearsal";
	let profile = calls::profile("Rehearsal", "");
	let size = Size::new(8, 8);
	submit(
		chain,
		Bob,
		calls::register(slug, profile, size, Balance::MAX),
	)
	.await?;
	let found = chain.metaverse_by_slug(slug).await.map_err(told)?;
	let world = found
		.ok_or_else(|| Error::Broken("Bob's metaverse is not there".into()))?
		.id;
	submit(chain, Bob, calls::claim(world, Area::new(0, 0, 2, 2), 0)).await?;
	submit(
		chain,
		Bob,
		calls::set_endpoint(world, "https://rehearsal.example"),
	)
	.await?;
	submit(chain, Bob, calls::launch(world)).await?;
	Ok(world)
}

/// Offers Alice's parcel to Bob.
async fn for_sale(chain: &Chain) -> Outcome<(CollectionId, ParcelId)> {
	let parcel = chain.parcel_at(DEMO, LAND.x, LAND.y).await.map_err(told)?;
	let parcel = parcel.ok_or_else(|| Error::Broken("Alice's parcel is not there".into()))?;
	let buyer = Bob.to_account_id();
	let offer = calls::set_price(parcel.collection, parcel.id, PRICE, &buyer);
	submit(chain, Alice, offer).await?;
	Ok((parcel.collection, parcel.id))
}

/// Opens a portal from Alice's metaverse to Bob's, and lets two visitors take a pass.
async fn doors(chain: &Chain, world: MetaverseId) -> Outcome<()> {
	let gate = |metaverse| GateInput {
		metaverse,
		parcel: None,
		spawn: Vec::new(),
	};
	let terms = portal::Terms {
		direction: Direction::OneWay,
		toll: Some(Toll {
			asset: DOLLAR,
			amount: TOLL,
			split: Split {
				source: Permill::from_percent(50),
				destination: Permill::from_percent(30),
				network: Permill::from_percent(20),
			},
		}),
		access: Access::Open,
		rate: None,
		expires_at: None,
		notice: madang_client::street::player::notice(),
	};
	submit(
		chain,
		Alice,
		street::propose(gate(DEMO), gate(world), terms),
	)
	.await?;
	submit(chain, Bob, street::accept(PORTAL, VERSION)).await?;
	for visitor in [Charlie, Dave] {
		let travel = street::travel(PORTAL, VERSION, Way::There, TOLL, Proof::None);
		submit(chain, visitor, travel).await?;
	}
	Ok(())
}

/// Opens a campaign in which Bob and Charlie have a position.
async fn campaign(chain: &Chain) -> Outcome<(CampaignId, Vec<(Sr25519Keyring, PositionId)>)> {
	let draft = escrow::create(DEMO, terms(), milestones(), Policy::Open);
	let made = submit(chain, Alice, draft).await?;
	let campaign =
		player::created(&made).ok_or_else(|| Error::Broken("there is no campaign".into()))?;
	submit(chain, Alice, escrow::open(campaign)).await?;
	let mut positions = Vec::new();
	for investor in [Bob, Charlie] {
		let ticket = chain.ticket(campaign, TICKET).await.map_err(told)?;
		let commit = escrow::commit(campaign, TICKET, ticket.version, ticket.terms_hash);
		let made = submit(chain, investor, commit).await?;
		let position = player::committed(&made)
			.ok_or_else(|| Error::Broken(format!("{investor:?} has no position")))?;
		positions.push((investor, position));
	}
	Ok((campaign, positions))
}

/// Open for longer than the scenario takes.
fn terms() -> Terms<BlockNumber> {
	Terms {
		asset: DOLLAR,
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

fn milestones() -> Vec<Milestone<BlockNumber>> {
	vec![Milestone {
		weight: 1,
		duration: 500,
		promise: Hash::repeat_byte(2),
	}]
}
