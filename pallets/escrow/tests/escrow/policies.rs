//! Who may invest: everybody, or whom an attester vouches for, up to limits for each person.

use crate::support::*;

/// A little more than the twelfth of a year that attestations count in.
const MONTH: u64 = 31 * 24 * 3_600_000;

/// Dave vouches for persons.
fn attest(who: &AccountId, person: u8, class: u8, cap: Balance) {
	assert_ok!(Attestation::attest(
		by(&dave()),
		who.clone(),
		SubjectId::repeat_byte(person),
		class,
		cap,
		None
	));
}

fn limit(class: u8, per_campaign: Balance, per_year: Balance) -> ClassLimit {
	ClassLimit {
		class,
		per_campaign,
		per_year,
	}
}

/// Retail investors with 5,000 in a campaign and 8,000 in a year, and professionals without limits.
fn attested() -> PolicyInput<AccountId> {
	Policy::Attested {
		attester: dave(),
		limits: vec![limit(0, 5_000, 8_000), limit(1, Balance::MAX, Balance::MAX)],
		affiliates: vec![],
	}
}

/// Dave has attested Alice, Bob (retail) and Carol (professional).
fn everybody_attested() {
	attest(&alice(), 1, 1, Balance::MAX);
	attest(&bob(), 2, 0, Balance::MAX);
	attest(&carol(), 3, 1, Balance::MAX);
}

fn campaign(asset: &AssetKind) -> Venture {
	everybody_attested();
	Draft::new(asset.clone()).admitting(attested()).opened()
}

#[test]
fn open_campaigns_ask_for_no_attestation() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), CAP));
		assert_eq!(
			Positions::<Test>::get(venture.position(&bob()))
				.unwrap()
				.subject,
			None
		);
	});
}

#[test]
fn whom_the_attester_does_not_know_is_not_admitted() {
	on_both(|asset| {
		let venture = campaign(&asset);
		let unknown = investor(1);
		assert_noop!(venture.commit(&unknown, 1_000), Error::<Test>::NotAttested);
		// What somebody else says does not count.
		assert_ok!(Attestation::attest(
			by(&carol()),
			unknown.clone(),
			SubjectId::repeat_byte(9),
			1,
			Balance::MAX,
			None
		));
		assert_noop!(venture.commit(&unknown, 1_000), Error::<Test>::NotAttested);
		attest(&unknown, 9, 7, Balance::MAX);
		assert_noop!(
			venture.commit(&unknown, 1_000),
			Error::<Test>::ClassNotAdmitted
		);
		assert!(Escrow::api_quote(venture.id, 1_000).unwrap().limits_apply);
	});
}

#[test]
fn an_attestation_that_is_over_admits_nobody_and_takes_nothing() {
	on_both(|asset| {
		everybody_attested();
		let until = time() + 10 * BLOCK_MS;
		let guest = investor(1);
		assert_ok!(Attestation::attest(
			by(&dave()),
			guest.clone(),
			SubjectId::repeat_byte(9),
			1,
			Balance::MAX,
			Some(until)
		));
		let venture = Draft::new(asset.clone()).admitting(attested()).opened();
		assert_ok!(venture.commit(&guest, 1_000));
		pass(10);
		assert_noop!(venture.commit(&guest, 1_000), Error::<Test>::NotAttested);
		assert_ok!(venture.withdraw(&guest, 1_000));
	});
}

#[test]
fn a_class_has_a_limit_for_each_campaign() {
	on_both(|asset| {
		let venture = campaign(&asset);
		assert_noop!(
			venture.commit_at_least(&bob(), 6_000, 6_000),
			Error::<Test>::AcceptedTooLittle
		);
		assert_ok!(venture.commit(&bob(), 6_000));
		assert_eq!(venture.units(&bob()), 5_000);
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::LimitReached);
		assert_ok!(venture.withdraw(&bob(), 2_000));
		assert_ok!(venture.commit(&bob(), 3_000));
		assert_eq!(venture.units(&bob()), 5_000);
		assert_ok!(venture.commit(&carol(), 15_000));
	});
}

#[test]
fn a_rest_below_the_smallest_ticket_is_not_taken() {
	on_both(|asset| {
		let venture = campaign(&asset);
		assert_ok!(venture.commit(&bob(), 4_950));
		assert_noop!(venture.commit(&bob(), 1_000), Error::<Test>::TicketTooSmall);
	});
}

#[test]
fn a_person_has_a_limit_for_twelve_months_over_all_campaigns() {
	on_both(|asset| {
		let first = campaign(&asset);
		assert_ok!(first.commit(&bob(), 5_000));
		let second = Draft::new(asset.clone())
			.founded_by(carol())
			.admitting(attested())
			.opened();
		assert_ok!(second.commit(&bob(), 5_000));
		assert_eq!(second.units(&bob()), 3_000);
		assert_noop!(second.commit(&bob(), 500), Error::<Test>::LimitReached);
		// A refund makes room, for it was never put to work.
		assert_ok!(first.withdraw(&bob(), 1_000));
		assert_ok!(second.commit(&bob(), 5_000));
		assert_eq!(second.units(&bob()), 4_000);
	});
}

#[test]
fn after_twelve_months_there_is_room_again() {
	on_both(|asset| {
		let first = campaign(&asset);
		assert_ok!(first.commit(&bob(), 5_000));
		assert_ok!(first.commit(&carol(), 15_000));
		pass(PERIOD);
		assert_ok!(first.advance());
		halt(10 * MONTH);
		let second = Draft::new(asset.clone())
			.founded_by(carol())
			.admitting(attested())
			.opened();
		undone(|| {
			assert_ok!(second.commit(&bob(), 5_000));
			assert_eq!(second.units(&bob()), 3_000);
			check_state();
		});
		halt(3 * MONTH);
		// The windows of this campaign are over too; so another one.
		let block = now() + PERIOD;
		run_to_block(block);
		assert_ok!(second.advance());
		let third = Draft::new(asset.clone())
			.founded_by(carol())
			.admitting(attested())
			.drafted_for(second.metaverse);
		assert_ok!(third.open());
		assert_ok!(third.commit(&bob(), 5_000));
		assert_eq!(third.units(&bob()), 5_000);
	});
}

#[test]
fn what_failed_is_not_counted_and_what_was_put_to_work_is() {
	on_both(|asset| {
		let failed = campaign(&asset);
		assert_ok!(failed.commit(&bob(), 5_000));
		assert_ok!(failed.cancel());
		let next = Draft::new(asset.clone())
			.founded_by(carol())
			.admitting(attested())
			.opened();
		// Not yet claimed, it still counts.
		assert_ok!(next.commit(&bob(), 5_000));
		assert_eq!(next.units(&bob()), 3_000);
		assert_ok!(failed.claim(&bob()));
		assert_ok!(next.commit(&bob(), 5_000));
		assert_eq!(next.units(&bob()), 5_000);
	});
}

#[test]
fn the_attesters_own_cap_counts_too() {
	on_both(|asset| {
		everybody_attested();
		attest(&bob(), 2, 0, 2_000);
		let venture = Draft::new(asset.clone()).admitting(attested()).opened();
		assert_ok!(venture.commit(&bob(), 5_000));
		assert_eq!(venture.units(&bob()), 2_000);
	});
}

#[test]
fn each_asset_counts_on_its_own() {
	build_and_execute(|| {
		let first = campaign(&native());
		assert_ok!(first.commit(&bob(), 5_000));
		let second = Draft::new(stable())
			.founded_by(carol())
			.admitting(attested())
			.opened();
		assert_ok!(second.commit(&bob(), 5_000));
		assert_eq!(second.units(&bob()), 5_000);
	});
}

#[test]
fn the_founders_person_and_affiliates_are_excluded_whatever_their_account() {
	on_both(|asset| {
		everybody_attested();
		let friend = investor(1);
		attest(&friend, 5, 1, Balance::MAX);
		let policy = Policy::Attested {
			attester: dave(),
			limits: vec![limit(1, Balance::MAX, Balance::MAX)],
			affiliates: vec![SubjectId::repeat_byte(5)],
		};
		let venture = Draft::new(asset.clone()).admitting(policy).opened();
		assert_noop!(
			venture.commit(&friend, 1_000),
			Error::<Test>::InsiderExcluded
		);
		// The founder comes again with another account.
		let other = investor(2);
		assert_ok!(Attestation::revoke(by(&dave()), alice()));
		attest(&other, 1, 1, Balance::MAX);
		assert_noop!(
			venture.commit(&other, 1_000),
			Error::<Test>::InsiderExcluded
		);
	});
}

#[test]
fn fails_to_draft_a_policy_that_makes_no_sense() {
	build_and_execute(|| {
		let metaverse = register_demo(alice(), 8, 8);
		let create = |limits: Vec<ClassLimit>, affiliates: Vec<SubjectId>| {
			Draft::new(native())
				.admitting(Policy::Attested {
					attester: dave(),
					limits,
					affiliates,
				})
				.create_by(&alice(), metaverse)
		};
		let good = || vec![limit(0, 1, 1)];
		assert_noop!(create(good(), vec![]), Error::<Test>::FounderNotAttested);
		everybody_attested();
		assert_noop!(create(vec![], vec![]), Error::<Test>::BadClasses);
		assert_noop!(
			create(vec![limit(0, 1, 1), limit(0, 2, 2)], vec![]),
			Error::<Test>::BadClasses
		);
		assert_noop!(
			create(vec![limit(0, 0, 1)], vec![]),
			Error::<Test>::BadClasses
		);
		assert_noop!(
			create(vec![limit(0, 1, 0)], vec![]),
			Error::<Test>::BadClasses
		);
		let classes = (0..9).map(|class| limit(class, 1, 1)).collect();
		assert_noop!(create(classes, vec![]), Error::<Test>::BadClasses);
		let affiliates = (10..19).map(SubjectId::repeat_byte).collect();
		assert_noop!(create(good(), affiliates), Error::<Test>::TooManyAffiliates);
		assert_ok!(create(good(), vec![]));
	});
}

#[test]
fn refunds_and_exits_ask_for_no_attestation() {
	on_both(|asset| {
		let venture = campaign(&asset);
		assert_ok!(venture.commit(&bob(), 4_000));
		assert_ok!(venture.commit(&carol(), 8_000));
		for who in [alice(), bob(), carol()] {
			assert_ok!(Attestation::revoke(by(&dave()), who));
		}
		undone(|| {
			assert_ok!(venture.withdraw(&bob(), 4_000));
			assert_ok!(venture.cancel());
			assert_ok!(venture.claim(&carol()));
			check_state();
		});
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		venture.approve();
		assert_ok!(venture.exit(&bob()));
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_ok!(venture.abandon());
		assert_ok!(venture.claim(&carol()));
	});
}

#[test]
fn a_position_goes_only_to_whom_the_policy_admits() {
	on_both(|asset| {
		let venture = campaign(&asset);
		assert_ok!(venture.commit(&bob(), 4_000));
		assert_ok!(venture.commit(&carol(), 8_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		let buyer = investor(1);
		assert_noop!(venture.transfer(&bob(), &buyer), Error::<Test>::NotAttested);
		attest(&buyer, 9, 1, Balance::MAX);
		assert_ok!(venture.transfer(&bob(), &buyer));
	});
}
