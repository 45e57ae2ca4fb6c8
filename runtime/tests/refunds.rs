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
		Apathy, AssetKind, CampaignId, ClassLimit, Milestone, Policy, PolicyInput, PositionId,
		State, Terms,
	},
	geometry::Area,
	portal::{self, Access, DestinationInput, Direction, GateInput, Proof, Way},
	Balance, CollectionId, ParcelId,
};
use madang_runtime::{
	genesis_config_presets::DEMO_METAVERSE, AccountId, Attestation, BlockNumber, Escrow, Hash,
	Land, Nfts, Portal, Runtime, RuntimeCall, RuntimeOrigin, System,
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

/// What an investor puts in: three reach the goal.
const SHARE: Balance = 40 * MDG;

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

fn portal_for(access: Access) {
	let gate = GateInput {
		metaverse: DEMO_METAVERSE,
		parcel: None,
		spawn: vec![],
	};
	let outside = DestinationInput::External {
		uri: b"https://example.org".to_vec(),
		manifest: Hash::zero(),
	};
	let terms = portal::Terms {
		direction: Direction::OneWay,
		toll: None,
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
		max_toll: 0,
		proof: proof.clone(),
	};
	let first = made(alice(), travel());
	run_to_block(System::block_number() + PassLifetime::get());
	[first, made(alice(), travel())]
}

#[test]
fn a_visitor_without_an_old_pass() {
	on_development_chain(|| {
		portal_for(Access::Open);
		let [first, second] = visits(Proof::None);
		costs_only(PortalWeights::travel(), first);
		costs_all(second);
	});
}

#[test]
fn a_visitor_with_an_item_and_without_an_old_pass() {
	on_development_chain(|| {
		let collection = parcel();
		portal_for(Access::Holder { collection });
		let [first, second] = visits(Proof::Item(PARCEL));
		costs_only(PortalWeights::travel_as_holder(), first);
		costs_all(second);
	});
}

/// A campaign of Alice that takes money.
fn campaign(policy: PolicyInput<AccountId>) -> CampaignId {
	let terms = Terms {
		asset: AssetKind::Native,
		goal: 100 * MDG,
		cap: 400 * MDG,
		min_ticket: MDG,
		bond: 10 * MDG,
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

fn commit(id: CampaignId, amount: Balance) -> pallet_escrow::Call<Runtime> {
	let campaign = Campaigns::<Runtime>::get(id).expect("it was created");
	pallet_escrow::Call::commit {
		campaign: id,
		amount,
		min_accept: MDG,
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
		let id = campaign(Policy::Open);
		costs_only(EscrowWeights::commit_open(), made(bob(), commit(id, SHARE)));
	});
}

#[test]
fn an_investor_whom_somebody_has_to_know_costs_all() {
	on_development_chain(|| {
		for (subject, who) in [(1, alice()), (2, bob())] {
			assert_ok!(Attestation::attest(
				signed(charlie()),
				lookup(who),
				Hash::repeat_byte(subject),
				0,
				Balance::MAX,
				None
			));
		}
		let id = campaign(Policy::Attested {
			attester: charlie(),
			limits: vec![ClassLimit {
				class: 0,
				per_campaign: Balance::MAX,
				per_year: Balance::MAX,
			}],
			affiliates: vec![],
		});
		costs_all(made(bob(), commit(id, SHARE)));
	});
}

fn without_receipt() -> Weight {
	EscrowWeights::claim().max(EscrowWeights::claim_refund())
}

#[test]
fn a_claim_after_a_failure() {
	on_development_chain(|| {
		let id = campaign(Policy::Open);
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
		costs_only(without_receipt(), made(bob(), claim));
		costs_only(without_receipt(), made(charlie(), claim_to));
		costs_only(without_receipt(), made(alice(), claim_for));
	});
}

/// A campaign that has succeeded, with a position of each of these people. The first has no receipt, the
/// others have one, and the last has put in more than all others together.
fn succeeded<const N: usize>(people: [AccountId; N]) -> (CampaignId, [PositionId; N]) {
	let id = campaign(Policy::Open);
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

#[test]
fn a_claim_after_a_wind_down() {
	on_development_chain(|| {
		let (id, [bobs, charlies, daves, eves]) = succeeded([bob(), charlie(), dave(), eve()]);
		assert_ok!(Escrow::abandon(signed(alice()), id));
		let state = Campaigns::<Runtime>::get(id).map(|campaign| campaign.state);
		assert_eq!(state, Some(State::WindDown));

		let claim = |position| pallet_escrow::Call::claim { position };
		let claim_to = pallet_escrow::Call::claim_to {
			position: daves,
			dest: lookup(alice()),
		};
		let claim_for = pallet_escrow::Call::claim_for { position: eves };
		costs_only(without_receipt(), made(bob(), claim(bobs)));
		costs_all(made(charlie(), claim(charlies)));
		costs_all(made(dave(), claim_to));
		costs_all(made(alice(), claim_for));
	});
}

#[test]
fn an_exit() {
	on_development_chain(|| {
		let people = [bob(), charlie(), dave(), eve()];
		let (id, positions) = succeeded(people.clone());
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
