//! The whole way of a dollar: in from Asset Hub, into a campaign, out of it, and back.

use frame_support::assert_ok;
use madang_parachain_runtime::{
	configs::xcm::assets::USDT, genesis_config_presets::DEMO_METAVERSE, BlockNumber, Escrow,
	ParachainSystem, PolkadotXcm, RuntimeOrigin, XcmpQueue,
};
use madang_primitives::escrow::{Apathy, AssetKind, Milestone, Policy, Terms};
use sp_core::H256;
use sp_runtime::Permill;
use xcm::{latest::prelude::*, VersionedAssets};
use xcm_builder::InspectMessageQueues;

use crate::{
	common::{alice, bob, on_development_chain},
	support::*,
};

const TICKET: u128 = 50 * ONE_USDT;

fn terms() -> Terms<BlockNumber> {
	Terms {
		asset: AssetKind::WithId(USDT),
		goal: 100 * ONE_USDT,
		cap: 200 * ONE_USDT,
		min_ticket: ONE_USDT,
		bond: 2 * ONE_USDT,
		min_investors: 1,
		opens_after: 0,
		period: 10,
		lock: 2,
		cooling_off: 0,
		voting: 3,
		grace: 3,
		lock_up: 0,
		kickoff: Permill::zero(),
		on_apathy: Apathy::TacitApprove,
		documents: H256::repeat_byte(1),
	}
}

#[test]
fn a_dollar_comes_in_is_committed_claimed_and_goes_back() {
	on_development_chain(|| {
		ParachainSystem::open_outbound_hrmp_channel_for_benchmarks_or_tests(1_000.into());
		let (founder, investor) = (RuntimeOrigin::signed(alice()), RuntimeOrigin::signed(bob()));
		bring(10 * ONE_USDT, &alice());
		let arrived = bring(100 * ONE_USDT, &bob());

		let campaign = pallet_escrow::NextCampaign::<madang_parachain_runtime::Runtime>::get();
		let milestone = Milestone {
			weight: 1,
			duration: 10,
			promise: H256::repeat_byte(2),
		};
		let milestones = vec![milestone];
		let draft = Escrow::create(
			founder.clone(),
			DEMO_METAVERSE,
			terms(),
			milestones,
			Policy::Open,
		);
		assert_ok!(draft);
		assert_ok!(Escrow::open(founder.clone(), campaign));
		let quote = Escrow::api_quote(campaign, TICKET).expect("the campaign is open");
		assert_ok!(Escrow::commit(
			investor.clone(),
			campaign,
			TICKET,
			TICKET,
			quote.version,
			quote.terms_hash,
		));
		assert_eq!(balance(USDT, &bob()), arrived - TICKET);

		// It comes to nothing, and the investor gets everything back.
		assert_ok!(Escrow::cancel(founder, campaign));
		let positions = Escrow::api_positions_of(bob(), None, 10).expect("the limit is small");
		let position = positions.items.first().expect("Bob has one").id;
		assert_ok!(Escrow::claim(investor.clone(), position));
		assert_eq!(balance(USDT, &bob()), arrived);

		let before = issuance(USDT);
		assert_ok!(PolkadotXcm::limited_reserve_transfer_assets(
			investor,
			Box::new(asset_hub().into()),
			Box::new(place(&bob()).into()),
			Box::new(VersionedAssets::from(Assets::from(vec![usdt(arrived)]))),
			0,
			Unlimited,
		));
		assert_eq!(balance(USDT, &bob()), 0);
		assert_eq!(issuance(USDT), before - arrived);
		assert_eq!(XcmpQueue::get_messages().len(), 1);
	});
}
