//! Calls give back what they declared for something that was not there.

mod common;

use common::{alice, bob, charlie, dave, eve, lookup, on_development_chain};
use frame_support::{
	assert_ok,
	dispatch::{DispatchInfo, GetDispatchInfo},
	weights::Weight,
};
use madang_primitives::{
	escrow::{
		Amendment, Apathy, AssetKind, CampaignId, ClassLimit, Milestone, Policy, PositionId, State,
		Terms,
	},
	geometry::Area,
	portal::{self, Access, DestinationInput, Direction, GateInput, Proof, Rate, Split, Toll, Way},
	Balance, CollectionId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::{DEMO_METAVERSE, TEST_DOLLAR, TUSD},
	AccountId, Attestation, BlockNumber, Escrow, Hash, Land, Nfts, Portal, Runtime, RuntimeCall,
	RuntimeOrigin, System,
};
use madang_runtime_common::{
	params::{MinNotice, PassLifetime},
	time::MILLISECS_PER_BLOCK,
	units::MDG,
};
use pallet_escrow::{Campaigns, PositionOfOwner, WeightInfo as _};
use pallet_land::{Territories, WeightInfo as _};
use pallet_portal::WeightInfo as _;
use sp_runtime::{
	traits::{BlakeTwo256, Dispatchable, Hash as _},
	Permill,
};

type EscrowWeights = <Runtime as pallet_escrow::Config>::WeightInfo;
type LandWeights = <Runtime as pallet_land::Config>::WeightInfo;
type PortalWeights = <Runtime as pallet_portal::Config>::WeightInfo;

/// Blocks for which campaigns here take money, and for which votes last.
const WINDOW: BlockNumber = 3;

const PARCEL: ParcelId = 0;

/// What an investor puts in, in whole tokens: three reach the goal.
const SHARE: Balance = 40;

const DOLLAR: AssetKind = AssetKind::WithId(TEST_DOLLAR);

/// A whole token of an asset, in its smallest unit.
fn one(asset: &AssetKind) -> Balance {
	match asset {
		AssetKind::Native => MDG,
		AssetKind::WithId(_) => TUSD,
	}
}

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn run_to_block(number: BlockNumber) {
	System::set_block_number(number);
	pallet_timestamp::Now::<Runtime>::put(u64::from(number) * MILLISECS_PER_BLOCK);
}

/// What a call declared, and what it said that it had cost.
fn made(who: AccountId, call: impl Into<RuntimeCall>) -> (Weight, Weight) {
	let call = call.into();
	let DispatchInfo { call_weight, .. } = call.get_dispatch_info();
	let post = call
		.dispatch(signed(who))
		.unwrap_or_else(|error| panic!("{error:?}"));
	(call_weight, post.actual_weight.unwrap_or(call_weight))
}

/// Fails unless the call cost what it declared.
#[track_caller]
fn costs_all((declared, actual): (Weight, Weight)) {
	assert_eq!(actual, declared);
}

/// Fails unless the call cost less than it declared, and just this.
#[track_caller]
fn costs_only(expected: Weight, (declared, actual): (Weight, Weight)) {
	assert_eq!(actual, expected);
	assert!(declared.all_gte(actual) && declared != actual);
}

/// What is left of the weight of a transfer when so many of builder, price and swap are not there.
fn transfer_without(absent: u64) -> Weight {
	let spared = <Runtime as frame_system::Config>::DbWeight::get().writes(absent);
	LandWeights::transfer().saturating_sub(spared)
}

fn transfer(to: AccountId) -> pallet_land::Call<Runtime> {
	pallet_land::Call::transfer {
		metaverse: DEMO_METAVERSE,
		parcel: PARCEL,
		dest: lookup(to),
	}
}

/// Gives Alice a parcel, and tells its collection.
fn parcel() -> CollectionId {
	let area = Area::new(0, 0, 1, 1);
	assert_ok!(Land::claim(
		signed(alice()),
		DEMO_METAVERSE,
		area,
		Balance::MAX
	));
	let territory = Territories::<Runtime>::get(DEMO_METAVERSE);
	territory.expect("it is in the preset").collection
}

#[test]
fn a_transfer_pays_for_what_ends_with_it() {
	on_development_chain(|| {
		let collection = parcel();
		let build = || {
			assert_ok!(Land::set_builder(
				signed(alice()),
				DEMO_METAVERSE,
				PARCEL,
				lookup(charlie()),
				BlockNumber::MAX
			));
		};
		let offer = || {
			let price = Some(MDG);
			assert_ok!(Nfts::set_price(
				signed(alice()),
				collection,
				PARCEL,
				price,
				None
			));
		};
		let swap = || {
			assert_ok!(Nfts::create_swap(
				signed(alice()),
				collection,
				PARCEL,
				collection,
				None,
				None,
				WINDOW
			));
		};
		let alone: [&dyn Fn(); 3] = [&build, &offer, &swap];
		for prepare in alone {
			prepare();
			costs_only(transfer_without(2), made(alice(), transfer(bob())));
			costs_only(transfer_without(3), made(bob(), transfer(alice())));
		}
		alone.iter().for_each(|prepare| prepare());
		costs_all(made(alice(), transfer(bob())));
	});
}

#[test]
fn a_call_that_fails_costs_all() {
	on_development_chain(|| {
		parcel();
		let call = RuntimeCall::from(transfer(bob()));
		let error = call.dispatch(signed(bob())).expect_err("it is not Bob's");
		assert_eq!(error.post_info.actual_weight, None);
	});
}

/// What a visit may need.
struct Visit {
	/// Where the gate stands.
	parcel: Option<ParcelId>,
	toll: Option<AssetKind>,
	rate: bool,
	access: Access,
	proof: Proof,
}

impl Visit {
	/// One that needs nothing.
	const fn plain() -> Self {
		Self {
			parcel: None,
			toll: None,
			rate: false,
			access: Access::Open,
			proof: Proof::None,
		}
	}

	/// Alice makes it twice, the second time with the pass of the first. Her portal leads out.
	fn twice(self) -> [(Weight, Weight); 2] {
		let gate = GateInput {
			metaverse: DEMO_METAVERSE,
			parcel: self.parcel,
			spawn: vec![],
		};
		let outside = DestinationInput::External {
			uri: b"https://example.org".to_vec(),
			manifest: Hash::zero(),
		};
		let toll = self.toll.map(|asset| Toll {
			amount: one(&asset),
			asset,
			split: Split {
				source: Permill::from_percent(98),
				destination: Permill::zero(),
				network: Permill::from_percent(2),
			},
		});
		let rate = self.rate.then_some(Rate {
			refill: 1,
			window: 1,
			burst: 10,
		});
		let terms = portal::Terms {
			direction: Direction::OneWay,
			toll,
			access: self.access,
			rate,
			expires_at: None,
			notice: MinNotice::get(),
		};
		assert_ok!(Portal::propose(signed(alice()), gate, outside, terms));
		let travel = || pallet_portal::Call::travel {
			id: 0,
			version: 1,
			way: Way::There,
			max_toll: Balance::MAX,
			proof: self.proof.clone(),
		};
		let first = made(alice(), travel());
		run_to_block(System::block_number() + PassLifetime::get());
		[first, made(alice(), travel())]
	}

	/// Fails unless the visits cost just this, and the second one an old pass on top.
	#[track_caller]
	fn costs_only(self, expected: Weight) {
		let [first, second] = self.twice();
		costs_only(expected, first);
		let with_old_pass = expected.saturating_add(PortalWeights::reap_pass());
		costs_only(with_old_pass, second);
	}
}

#[test]
fn a_visit_that_needs_nothing_or_pays_in_the_native_token() {
	for toll in [None, Some(AssetKind::Native)] {
		on_development_chain(|| {
			let visit = Visit {
				toll,
				..Visit::plain()
			};
			visit.costs_only(PortalWeights::travel(0));
		});
	}
}

#[test]
fn a_visit_through_a_gate_on_land() {
	on_development_chain(|| {
		parcel();
		let visit = Visit {
			parcel: Some(PARCEL),
			..Visit::plain()
		};
		visit.costs_only(PortalWeights::travel(1));
	});
}

#[test]
fn a_visit_that_pays_in_an_asset() {
	on_development_chain(|| {
		let visit = Visit {
			toll: Some(DOLLAR),
			..Visit::plain()
		};
		let expected = PortalWeights::travel(0).saturating_add(PortalWeights::hold_asset_toll());
		visit.costs_only(expected);
	});
}

#[test]
fn a_visit_that_counts() {
	on_development_chain(|| {
		let visit = Visit {
			rate: true,
			..Visit::plain()
		};
		let expected = PortalWeights::travel(0).saturating_add(PortalWeights::check_rate());
		visit.costs_only(expected);
	});
}

#[test]
fn a_visit_with_a_proof() {
	on_development_chain(|| {
		let leaf = BlakeTwo256::hash_of(&Portal::allowlist_leaf(alice()));
		let visit = Visit {
			access: Access::Allowlist {
				root: leaf,
				leaves: 1,
			},
			proof: Proof::Allowlist {
				leaf_index: 0,
				nodes: Default::default(),
			},
			..Visit::plain()
		};
		let expected = PortalWeights::travel(0).saturating_add(PortalWeights::check_list());
		visit.costs_only(expected);
	});
	on_development_chain(|| {
		let collection = parcel();
		let visit = Visit {
			access: Access::Holder { collection },
			proof: Proof::Item(PARCEL),
			..Visit::plain()
		};
		let expected = PortalWeights::travel(0).saturating_add(PortalWeights::check_item());
		visit.costs_only(expected);
	});
}

#[test]
fn a_visit_that_needs_everything_declares_it() {
	let travel = pallet_portal::Call::<Runtime>::travel {
		id: 0,
		version: 1,
		way: Way::There,
		max_toll: 0,
		proof: Proof::Item(PARCEL),
	};
	let everything = [
		PortalWeights::travel(2),
		PortalWeights::check_item(),
		PortalWeights::check_rate(),
		PortalWeights::hold_asset_toll(),
		PortalWeights::reap_pass(),
	];
	let declared = RuntimeCall::from(travel).get_dispatch_info().call_weight;
	let sum = |sum: Weight, weight| sum.saturating_add(weight);
	assert_eq!(declared, everything.into_iter().fold(Weight::zero(), sum));
}

/// A campaign of Alice that takes money of everyone, or of those for whom Charlie vouches.
fn campaign(asset: AssetKind, attested: bool) -> CampaignId {
	let one = one(&asset);
	let terms = Terms {
		asset,
		goal: 100 * one,
		cap: 400 * one,
		min_ticket: one,
		bond: 10 * one,
		min_investors: 1,
		opens_after: 0,
		period: WINDOW,
		lock: 0,
		cooling_off: 0,
		voting: WINDOW,
		grace: WINDOW,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: Hash::zero(),
	};
	let milestone = Milestone {
		weight: 1,
		duration: 10,
		promise: Hash::zero(),
	};
	let policy = if attested {
		attest_everyone();
		Policy::Attested {
			attester: charlie(),
			limits: vec![ClassLimit {
				class: 0,
				per_campaign: Balance::MAX,
				per_year: Balance::MAX,
			}],
			affiliates: vec![],
		}
	} else {
		Policy::Open
	};
	assert_ok!(Escrow::create(
		signed(alice()),
		DEMO_METAVERSE,
		terms,
		vec![milestone],
		policy
	));
	assert_ok!(Escrow::open(signed(alice()), 0));
	0
}

fn attest_everyone() {
	for (subject, who) in (0..).zip([alice(), bob(), charlie(), dave(), eve()]) {
		assert_ok!(Attestation::attest(
			signed(charlie()),
			lookup(who),
			Hash::repeat_byte(subject),
			0,
			Balance::MAX,
			None
		));
	}
}

/// Puts so many whole tokens in.
fn commit(id: CampaignId, tokens: Balance) -> pallet_escrow::Call<Runtime> {
	let campaign = Campaigns::<Runtime>::get(id).expect("it was created");
	let one = one(&campaign.asset);
	pallet_escrow::Call::commit {
		campaign: id,
		amount: tokens * one,
		min_accept: one,
		version: campaign.version,
		terms_hash: campaign.terms_hash,
	}
}

fn position(who: AccountId, id: CampaignId) -> PositionId {
	PositionOfOwner::<Runtime>::get(who, id).expect("it is in")
}

#[test]
fn an_investor_whom_nobody_has_to_know() {
	on_development_chain(|| {
		let id = campaign(AssetKind::Native, false);
		costs_only(EscrowWeights::commit_open(), made(bob(), commit(id, SHARE)));
	});
}

#[test]
fn an_investor_whom_somebody_has_to_know_costs_all() {
	on_development_chain(|| {
		let id = campaign(AssetKind::Native, true);
		costs_all(made(bob(), commit(id, SHARE)));
	});
}

/// Both assets, and what a claim without a receipt by an account of its own costs in them, first of anybody
/// and then of an attested person.
fn claims([native, dollar]: [Weight; 2]) -> [(AssetKind, bool, Weight); 4] {
	let of_person = |weight: Weight| weight.saturating_add(EscrowWeights::forget_person());
	[
		(AssetKind::Native, false, native),
		(AssetKind::Native, true, of_person(native)),
		(DOLLAR, false, dollar),
		(DOLLAR, true, of_person(dollar)),
	]
}

fn elsewhere(weight: Weight) -> Weight {
	weight.saturating_add(EscrowWeights::make_account())
}

#[test]
fn a_claim_after_a_failure() {
	let weights = [
		EscrowWeights::claim_refund_native(),
		EscrowWeights::claim_refund(),
	];
	for (asset, attested, expected) in claims(weights) {
		on_development_chain(|| {
			let id = campaign(asset, attested);
			for who in [bob(), charlie(), dave()] {
				made(who, commit(id, SHARE));
			}
			let [bobs, charlies, daves] = [bob(), charlie(), dave()].map(|who| position(who, id));
			assert_ok!(Escrow::cancel(signed(alice()), id));
			let claim = pallet_escrow::Call::claim { position: bobs };
			let claim_to = pallet_escrow::Call::claim_to {
				position: charlies,
				dest: lookup(alice()),
			};
			let claim_for = pallet_escrow::Call::claim_for { position: daves };
			costs_only(expected, made(bob(), claim));
			costs_only(elsewhere(expected), made(charlie(), claim_to));
			costs_only(expected, made(alice(), claim_for));
		});
	}
}

#[test]
fn a_claim_to_the_own_account() {
	on_development_chain(|| {
		let id = campaign(AssetKind::Native, false);
		made(bob(), commit(id, SHARE));
		assert_ok!(Escrow::cancel(signed(alice()), id));
		let claim_to = pallet_escrow::Call::claim_to {
			position: position(bob(), id),
			dest: lookup(bob()),
		};
		costs_only(EscrowWeights::claim_refund_native(), made(bob(), claim_to));
	});
}

#[test]
fn a_claim_of_who_did_not_agree_to_changed_terms() {
	on_development_chain(|| {
		let id = campaign(DOLLAR, false);
		made(bob(), commit(id, SHARE));
		let amendment = Amendment {
			documents: Hash::repeat_byte(1),
			goal: 100 * TUSD,
			cap: 400 * TUSD,
			extend_by: WINDOW,
		};
		assert_ok!(Escrow::amend(signed(alice()), id, amendment));
		let claim = pallet_escrow::Call::claim {
			position: position(bob(), id),
		};
		costs_only(EscrowWeights::claim_refund(), made(bob(), claim));
	});
}

/// A campaign that has succeeded, with a position of each of these people. The first has no receipt, the
/// others have one, and the last has put in more than all others together.
fn succeeded<const N: usize>(
	id: CampaignId,
	people: [AccountId; N],
) -> (CampaignId, [PositionId; N]) {
	let last = people[N - 1].clone();
	let positions = people.clone().map(|who| {
		let shares = if who == last { N as Balance } else { 1 };
		made(who.clone(), commit(id, shares * SHARE));
		position(who, id)
	});
	run_to_block(System::block_number() + WINDOW);
	assert_ok!(Escrow::advance(signed(alice()), id));
	for (who, position) in people.into_iter().zip(positions).skip(1) {
		assert_ok!(Escrow::mint_receipt(signed(who), position));
	}
	(id, positions)
}

fn with_receipt(weight: Weight) -> Weight {
	weight.saturating_add(EscrowWeights::burn_receipt())
}

#[test]
fn a_claim_after_a_wind_down() {
	let weights = [EscrowWeights::claim_native(), EscrowWeights::claim()];
	for (asset, attested, expected) in claims(weights) {
		on_development_chain(|| {
			let people = [bob(), charlie(), dave(), eve()];
			let dearest = asset == DOLLAR && attested;
			let (id, [bobs, charlies, daves, eves]) = succeeded(campaign(asset, attested), people);
			assert_ok!(Escrow::abandon(signed(alice()), id));
			let state = Campaigns::<Runtime>::get(id).map(|campaign| campaign.state);
			assert_eq!(state, Some(State::WindDown));

			let claim = |position| pallet_escrow::Call::claim { position };
			let claim_to = pallet_escrow::Call::claim_to {
				position: daves,
				dest: lookup(alice()),
			};
			let claim_for = pallet_escrow::Call::claim_for { position: eves };
			costs_only(expected, made(bob(), claim(bobs)));
			let receipts = [
				(with_receipt(expected), made(charlie(), claim(charlies))),
				(elsewhere(with_receipt(expected)), made(dave(), claim_to)),
				(with_receipt(expected), made(alice(), claim_for)),
			];
			for (expected, cost) in receipts {
				if dearest {
					assert_eq!(expected, cost.1);
					costs_all(cost);
				} else {
					costs_only(expected, cost);
				}
			}
		});
	}
}

#[test]
fn no_cheaper_way_costs_more() {
	let pairs = [
		(EscrowWeights::commit(), EscrowWeights::commit_open()),
		(EscrowWeights::claim(), EscrowWeights::claim_native()),
		(
			EscrowWeights::claim_refund(),
			EscrowWeights::claim_refund_native(),
		),
	];
	for (dear, cheap) in pairs {
		assert!(dear.all_gte(cheap), "{dear:?} and {cheap:?}");
	}
}

#[test]
fn an_exit() {
	on_development_chain(|| {
		let people = [bob(), charlie(), dave(), eve()];
		let id = campaign(AssetKind::Native, false);
		let (id, positions) = succeeded(id, people.clone());
		assert_ok!(Escrow::submit_milestone(signed(alice()), id, Hash::zero()));
		for (who, position) in people.into_iter().zip(positions) {
			let aye = who == eve();
			assert_ok!(Escrow::vote(signed(who), position, aye));
		}
		run_to_block(System::block_number() + WINDOW);
		// The others were overruled.
		let [bobs, charlies, daves, _] = positions;
		let exit = |position| pallet_escrow::Call::exit { position };
		let exit_to = pallet_escrow::Call::exit_to {
			position: daves,
			dest: lookup(alice()),
		};
		costs_only(EscrowWeights::exit(), made(bob(), exit(bobs)));
		costs_all(made(charlie(), exit(charlies)));
		costs_all(made(dave(), exit_to));
	});
}
