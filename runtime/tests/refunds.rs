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
		Apathy, AssetKind, CampaignId, ClassLimit, Milestone, Policy, PositionId, State, Terms,
	},
	geometry::Area,
	portal::{self, Access, DestinationInput, Direction, GateInput, Proof, Split, Toll, Way},
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
use sp_runtime::{traits::Dispatchable, Permill};

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

/// A portal of Alice that leads out, with a toll in this asset if any.
fn portal_for(access: Access, asset: Option<AssetKind>) {
	let gate = GateInput {
		metaverse: DEMO_METAVERSE,
		parcel: None,
		spawn: vec![],
	};
	let outside = DestinationInput::External {
		uri: b"https://example.org".to_vec(),
		manifest: Hash::zero(),
	};
	let toll = asset.map(|asset| Toll {
		amount: one(&asset),
		asset,
		split: Split {
			source: Permill::from_percent(98),
			destination: Permill::zero(),
			network: Permill::from_percent(2),
		},
	});
	let terms = portal::Terms {
		direction: Direction::OneWay,
		toll,
		access,
		rate: None,
		expires_at: None,
		notice: MinNotice::get(),
	};
	assert_ok!(Portal::propose(signed(alice()), gate, outside, terms));
}

/// A visit, and another one with the pass of the first.
fn visits(proof: Proof) -> [(Weight, Weight); 2] {
	let travel = || pallet_portal::Call::travel {
		id: 0,
		version: 1,
		way: Way::There,
		max_toll: Balance::MAX,
		proof: proof.clone(),
	};
	let first = made(alice(), travel());
	run_to_block(System::block_number() + PassLifetime::get());
	[first, made(alice(), travel())]
}

fn with_old_pass(weight: Weight) -> Weight {
	weight.saturating_add(PortalWeights::reap_pass())
}

#[test]
fn a_visitor_who_pays_nothing_or_in_the_native_token() {
	for toll in [None, Some(AssetKind::Native)] {
		on_development_chain(|| {
			portal_for(Access::Open, toll);
			let [first, second] = visits(Proof::None);
			costs_only(PortalWeights::travel(), first);
			costs_only(with_old_pass(PortalWeights::travel()), second);
		});
	}
}

#[test]
fn a_visitor_who_pays_in_an_asset() {
	on_development_chain(|| {
		portal_for(Access::Open, Some(DOLLAR));
		let [first, second] = visits(Proof::None);
		let without_old_pass =
			PortalWeights::travel().saturating_add(PortalWeights::hold_asset_toll());
		costs_only(without_old_pass, first);
		costs_all(second);
	});
}

#[test]
fn a_visitor_with_an_item() {
	on_development_chain(|| {
		let collection = parcel();
		portal_for(Access::Holder { collection }, None);
		let [first, second] = visits(Proof::Item(PARCEL));
		costs_only(PortalWeights::travel_as_holder(), first);
		costs_only(with_old_pass(PortalWeights::travel_as_holder()), second);
	});
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

/// What is left of the weight of a claim when nobody had to be known, so that nothing is kept of a person.
fn without_person(weight: Weight, reads: u64, writes: u64) -> Weight {
	let spared = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(reads, writes);
	weight.saturating_sub(spared)
}

/// Both assets, and what a claim without a receipt costs in them, first of an attested person and then of
/// anybody. So many reads and writes are made for a person.
fn claims(weights: [Weight; 2], reads: u64, writes: u64) -> [(AssetKind, bool, Weight); 4] {
	let [native, dollar] = weights;
	[
		(AssetKind::Native, true, native),
		(
			AssetKind::Native,
			false,
			without_person(native, reads, writes),
		),
		(DOLLAR, true, dollar),
		(DOLLAR, false, without_person(dollar, reads, writes)),
	]
}

#[test]
fn a_claim_after_a_failure() {
	let weights = [
		EscrowWeights::claim_refund_native(),
		EscrowWeights::claim_refund(),
	];
	// What the person has put in, the time, and the position of the person.
	for (asset, attested, expected) in claims(weights, 2, 2) {
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
			costs_only(expected, made(charlie(), claim_to));
			costs_only(expected, made(alice(), claim_for));
		});
	}
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
	// The position of the person.
	for (asset, attested, expected) in claims(weights, 0, 1) {
		on_development_chain(|| {
			let people = [bob(), charlie(), dave(), eve()];
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
			costs_only(with_receipt(expected), made(charlie(), claim(charlies)));
			costs_only(with_receipt(expected), made(dave(), claim_to));
			costs_only(with_receipt(expected), made(alice(), claim_for));
		});
	}
}

#[test]
fn the_dearest_claim_costs_all() {
	let claim = pallet_escrow::Call::<Runtime>::claim { position: 0 };
	let dearest = EscrowWeights::claim().max(EscrowWeights::claim_refund());
	let declared = RuntimeCall::from(claim).get_dispatch_info().call_weight;
	assert_eq!(declared, with_receipt(dearest));
	for native in [
		EscrowWeights::claim_native(),
		EscrowWeights::claim_refund_native(),
	] {
		assert!(dearest.all_gte(native));
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
