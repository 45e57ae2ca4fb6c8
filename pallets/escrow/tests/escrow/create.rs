//! `create` and `discard`.

use crate::support::*;

#[test]
fn a_draft_costs_the_deposit_and_nothing_else() {
	on_both(|asset| {
		let metaverse = register_demo(alice(), 8, 8);
		let before = wealth(&asset, &alice());
		let venture = Draft::new(asset.clone()).drafted_for(metaverse);
		let books = venture.books();
		assert_eq!(wealth(&asset, &alice()), before);
		assert_eq!(deposits(&alice()), books.deposit);
		assert!(books.deposit > 0);
		assert_eq!(books.state, State::Draft);
		assert_eq!(books.version, 1);
		assert_eq!(books.sponsor, alice());
		assert_eq!(books.money, Money::default());
		assert_eq!(books.schedule, None);
		assert_eq!(LiveCampaignOf::<Test>::get(metaverse), Some(venture.id));
		assert_eq!(LiveCampaignBy::<Test>::get(alice()), Some(venture.id));
		expect_event(Event::Created {
			campaign: venture.id,
			metaverse,
			sponsor: alice(),
			terms_hash: books.terms_hash,
		});
	});
}

#[test]
fn discarding_gives_the_deposit_back_and_frees_the_metaverse() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).drafted();
		assert_noop!(
			Escrow::discard(by(&bob()), venture.id),
			Error::<Test>::NotFounder
		);
		assert_ok!(venture.discard());
		assert_eq!(deposits(&alice()), 0);
		assert_eq!(Campaigns::<Test>::get(venture.id), None);
		expect_event(Event::Discarded {
			campaign: venture.id,
		});
		let next = Draft::new(asset).drafted_for(venture.metaverse);
		assert_eq!(next.id, venture.id + 1, "ids are never used twice");
		assert_noop!(venture.discard(), Error::<Test>::UnknownCampaign);
	});
}

#[test]
fn a_former_owners_draft_can_be_thrown_away_by_the_next_and_pays_back_who_paid() {
	on_both(|asset| {
		let venture = Draft::new(asset).drafted();
		hand_over(venture.metaverse, &alice(), &bob());
		assert_noop!(
			Escrow::discard(by(&carol()), venture.id),
			Error::<Test>::NotFounder
		);
		// Who has sold the metaverse can have the deposit back without the buyer.
		undone(|| assert_ok!(venture.discard()));
		assert_ok!(Escrow::discard(by(&bob()), venture.id));
		assert_eq!(deposits(&alice()), 0);
		assert_eq!(LiveCampaignBy::<Test>::get(alice()), None);
	});
}

#[test]
fn fails_when_the_caller_does_not_own_the_metaverse() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let draft = Draft::new(native());
		assert_noop!(
			draft.create_by(&bob(), metaverse),
			Error::<Test>::NotFounder
		);
		assert_noop!(
			draft.create_by(&alice(), 99),
			Error::<Test>::NoSuchMetaverse
		);
		// A town belongs to the network, which does not collect money.
		assert_noop!(draft.create_by(&alice(), 0), Error::<Test>::NoSuchMetaverse);
		assert_refused!(Escrow::create(
			root(),
			0,
			draft.terms.clone(),
			draft.milestones.clone(),
			draft.policy.clone()
		));
	});
}

#[test]
fn a_metaverse_and_a_founder_have_one_campaign_at_a_time() {
	build_and_execute(|| {
		let venture = Draft::new(native()).drafted();
		let second = register_demo(alice(), 8, 8);
		let draft = Draft::new(stable());
		for metaverse in [venture.metaverse, second] {
			assert_noop!(
				draft.create_by(&alice(), metaverse),
				Error::<Test>::CampaignRunning
			);
		}
		// The next owner of the metaverse is not held up by the founder, but by the campaign.
		hand_over(venture.metaverse, &alice(), &bob());
		assert_noop!(
			draft.create_by(&bob(), venture.metaverse),
			Error::<Test>::CampaignRunning
		);
	});
}

#[test]
fn fails_when_the_deposit_is_not_covered() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let spare = free(&alice()) - EXISTENTIAL - 100;
		send(&native(), &alice(), &bob(), spare);
		assert_noop!(
			Draft::new(stable()).create_by(&alice(), metaverse),
			Error::<Test>::DepositNotCovered
		);
	});
}

/// Terms that differ from good ones in one thing fail for just that reason.
#[test]
fn fails_when_a_term_is_outside_of_the_rules() {
	on_both(|asset| {
		let metaverse = register_demo(alice(), 8, 8);
		let refused = |change: &dyn Fn(&mut Terms<BlockNumber>), error: Error<Test>| {
			let draft = Draft::new(asset.clone()).with(change);
			assert_noop!(draft.create_by(&alice(), metaverse), error);
		};
		refused(&|t| t.asset = other(), Error::AssetNotAccepted);
		refused(
			&|t| t.asset = AssetKind::WithId(77),
			Error::AssetNotAccepted,
		);
		refused(&|t| t.goal = 0, Error::GoalTooSmall);
		refused(&|t| t.goal = MIN_GOAL - 1, Error::GoalTooSmall);
		refused(&|t| t.cap = t.goal - 1, Error::CapBelowGoal);
		refused(&|t| t.cap = MAX_CAP + 1, Error::CapTooLarge);
		refused(&|t| t.cap = Balance::MAX, Error::CapTooLarge);
		refused(&|t| t.min_ticket = 0, Error::BadMinTicket);
		refused(&|t| t.min_ticket = MIN_TICKET - 1, Error::BadMinTicket);
		refused(&|t| t.min_ticket = t.cap + 1, Error::BadMinTicket);
		refused(&|t| t.bond = t.goal / 50 - 1, Error::BadBond);
		refused(&|t| t.bond = t.goal + 1, Error::BadBond);
		refused(&|t| t.min_investors = 0, Error::BadMinInvestors);
		refused(&|t| t.min_investors = 201, Error::BadMinInvestors);
		refused(&|t| t.min_investors = u32::MAX, Error::BadMinInvestors);
		refused(
			&|t| t.opens_after = RULES.max_opens_after + 1,
			Error::BadPeriod,
		);
		refused(&|t| t.period = RULES.min_period - 1, Error::BadPeriod);
		refused(&|t| t.period = RULES.max_period + 1, Error::BadPeriod);
		refused(&|t| t.period = BlockNumber::MAX, Error::BadPeriod);
		refused(&|t| t.lock = t.period + 1, Error::BadLock);
		refused(&|t| t.cooling_off = t.period + 1, Error::BadLock);
		refused(&|t| t.voting = RULES.min_voting - 1, Error::BadVoting);
		refused(&|t| t.voting = RULES.max_voting + 1, Error::BadVoting);
		refused(&|t| t.grace = RULES.min_grace - 1, Error::BadVoting);
		refused(&|t| t.grace = RULES.max_grace + 1, Error::BadVoting);
		refused(&|t| t.lock_up = RULES.max_lock_up + 1, Error::BadLockUp);
		refused(
			&|t| t.kickoff = Permill::from_parts(200_001),
			Error::KickoffTooLarge,
		);
	});
}

#[test]
fn boundary_of_every_term() {
	on_both(|asset| {
		let metaverse = register_demo(alice(), 8, 8);
		let accepted = |change: &dyn Fn(&mut Terms<BlockNumber>)| {
			undone(|| {
				Draft::new(asset.clone())
					.with(change)
					.drafted_for(metaverse);
				check_state();
			});
		};
		accepted(&|t| {
			t.goal = MIN_GOAL;
			t.cap = MIN_GOAL;
			t.min_ticket = MIN_TICKET;
			t.bond = MIN_GOAL / 50;
		});
		accepted(&|t| t.cap = t.goal);
		accepted(&|t| t.cap = MAX_CAP);
		accepted(&|t| {
			t.goal = MAX_CAP;
			t.cap = MAX_CAP;
			t.bond = MAX_CAP;
		});
		accepted(&|t| t.min_ticket = t.cap);
		accepted(&|t| t.bond = t.goal / 50);
		accepted(&|t| t.bond = t.goal);
		accepted(&|t| t.min_investors = 200);
		accepted(&|t| t.opens_after = RULES.max_opens_after);
		accepted(&|t| {
			t.period = RULES.min_period;
			t.lock = 0;
			t.cooling_off = 0;
		});
		accepted(&|t| t.period = RULES.max_period);
		accepted(&|t| t.lock = t.period - 1);
		accepted(&|t| t.cooling_off = t.period - 1);
		accepted(&|t| {
			t.voting = RULES.min_voting;
			t.grace = RULES.min_grace;
		});
		accepted(&|t| {
			t.voting = RULES.max_voting;
			t.grace = RULES.max_grace;
		});
		accepted(&|t| t.lock_up = RULES.max_lock_up);
		accepted(&|t| t.kickoff = Permill::from_percent(20));
	});
}

#[test]
fn the_least_bond_rounds_up() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		// 2 % of 1,001 is a little more than 20.
		let draft = |bond| {
			Draft::new(native()).with(|terms| {
				terms.goal = 1_001;
				terms.bond = bond;
			})
		};
		assert_noop!(
			draft(20).create_by(&alice(), metaverse),
			Error::<Test>::BadBond
		);
		assert_ok!(draft(21).create_by(&alice(), metaverse));
	});
}

#[test]
fn milestones_are_1_to_12_with_weight_and_time() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let with = |weights: &[u32]| Draft::new(native()).weights(weights);
		assert_noop!(
			with(&[]).create_by(&alice(), metaverse),
			Error::<Test>::BadMilestoneCount
		);
		assert_noop!(
			with(&[1; 13]).create_by(&alice(), metaverse),
			Error::<Test>::BadMilestoneCount
		);
		assert_noop!(
			with(&[1, 0, 1]).create_by(&alice(), metaverse),
			Error::<Test>::ZeroWeight
		);
		for duration in [0, RULES.max_duration + 1, BlockNumber::MAX] {
			let mut draft = with(&[1, 1]);
			draft.milestones[1].duration = duration;
			assert_noop!(
				draft.create_by(&alice(), metaverse),
				Error::<Test>::BadDuration
			);
		}
		// The sum of weights may be more than a weight can be.
		let mut longest = with(&[u32::MAX; 12]);
		for milestone in &mut longest.milestones {
			milestone.duration = RULES.max_duration;
		}
		assert_ok!(longest.create_by(&alice(), metaverse));
	});
}

#[test]
fn the_hash_covers_everything_that_investors_agree_to() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let elsewhere = register_demo(alice(), 8, 8);
		let hash =
			|draft: Draft, metaverse| undone(|| draft.drafted_for(metaverse).books().terms_hash);
		let good = || Draft::new(native());
		let mut promise = good();
		promise.milestones[2].promise = H256::zero();
		let hashes = [
			hash(good(), metaverse),
			hash(good(), elsewhere),
			hash(good().with(|t| t.goal += 1), metaverse),
			hash(good().with(|t| t.cap += 1), metaverse),
			hash(good().with(|t| t.asset = stable()), metaverse),
			hash(good().with(|t| t.documents = H256::zero()), metaverse),
			hash(good().with(|t| t.on_apathy = Apathy::WindDown), metaverse),
			hash(
				good().with(|t| t.kickoff = Permill::from_percent(1)),
				metaverse,
			),
			hash(good().weights(&[2, 1, 2]), metaverse),
			hash(promise, metaverse),
		];
		for (i, one) in hashes.iter().enumerate() {
			assert!(!hashes[..i].contains(one), "hash {i} is not new");
		}
		assert_eq!(hash(good(), metaverse), hashes[0]);
	});
}

#[test]
fn the_network_decides_which_assets_are_accepted() {
	build_and_execute(|| {
		let rules = |min_goal, min_ticket| {
			Some(AssetRules {
				min_goal,
				min_ticket,
			})
		};
		assert_noop!(
			Escrow::set_asset(by(&alice()), other(), rules(1_000, 100)),
			DispatchError::BadOrigin
		);
		for bad in [rules(1_000, 99), rules(1_000, 0), rules(99, 100)] {
			assert_noop!(
				Escrow::set_asset(root(), other(), bad),
				Error::<Test>::BadAssetRules
			);
		}
		assert_noop!(
			Escrow::set_asset(root(), AssetKind::WithId(77), rules(1_000, 100)),
			Error::<Test>::BadAssetRules
		);
		assert_ok!(Escrow::set_asset(root(), other(), rules(1_000, 100)));
		expect_event(Event::AssetSet {
			asset: other(),
			rules: rules(1_000, 100),
		});
		Draft::new(other()).drafted();
		assert_ok!(Escrow::set_asset(root(), other(), None));
		assert_noop!(
			Draft::new(other()).create_by(&alice(), FIRST_ID),
			Error::<Test>::CampaignRunning
		);
	});
}
