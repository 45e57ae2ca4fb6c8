//! The list of attacks of the design, A1 to A30, as far as a pallet can meet them.

use crate::support::*;

#[test]
fn a01_dust_griefing() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		for amount in [1, TICKET - 1] {
			assert_noop!(
				venture.commit(&bob(), amount),
				Error::<Test>::TicketTooSmall
			);
		}
		// Whoever fills storage pays for it, and for one position at a time.
		assert_ok!(venture.commit(&bob(), TICKET));
		let deposit = deposits(&bob());
		assert!(deposit > 0);
		assert_ok!(venture.commit(&bob(), TICKET));
		assert_eq!(deposits(&bob()), deposit);
	});
}

#[test]
fn a02_last_minute_withdrawal() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), GOAL));
		pass(PERIOD - LOCK);
		assert_noop!(
			venture.withdraw(&bob(), GOAL),
			Error::<Test>::WithdrawalLocked
		);
		// A late ticket can be withdrawn, but leaves time to fill its place.
		assert_ok!(venture.commit(&carol(), 5_000));
		pass(COOLING_OFF - 1);
		assert_ok!(venture.withdraw(&carol(), 5_000));
		assert_ok!(venture.commit(&dave(), 5_000));
		pass(COOLING_OFF + 1);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
	});
}

#[test]
fn a03_cooling_off_loop() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		for _ in 0..10 {
			assert_ok!(venture.commit(&bob(), GOAL));
			assert_ok!(venture.withdraw(&bob(), GOAL));
		}
		// What was taken out does not count, whatever went in and out.
		let books = venture.books();
		assert_eq!((books.units, books.investors), (0, 0));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
	});
}

#[test]
fn a04_self_funding() {
	on_both(|asset| {
		let venture = Draft::new(asset)
			.with(|terms| terms.min_investors = 3)
			.opened();
		assert_noop!(
			venture.commit(&alice(), GOAL),
			Error::<Test>::InsiderExcluded
		);
		// With a friend's account the goal alone is not enough.
		assert_ok!(venture.commit(&carol(), GOAL));
		assert_ok!(venture.commit(&bob(), TICKET));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed);
	});
}

#[test]
fn a05_self_majority() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		// Carol is the founder's friend and has two thirds. Bob loses nothing to her votes.
		let had = venture.wealth(&bob());
		assert_ok!(venture.submit());
		venture.approve();
		assert_ok!(venture.exit(&bob()));
		assert_eq!(venture.wealth(&bob()), had + BOBS);
	});
}

#[test]
fn a06_vote_and_vote_again() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.vote(&carol(), true));
		assert_noop!(venture.vote(&carol(), true), Error::<Test>::AlreadyVoted);
		// Who buys the position has its vote, and no second one.
		let position = venture.position(&carol());
		assert_ok!(venture.transfer(&carol(), &dave()));
		assert_noop!(
			Escrow::vote(by(&dave()), position, true),
			Error::<Test>::AlreadyVoted
		);
		assert_noop!(
			Escrow::vote(by(&carol()), position, true),
			Error::<Test>::NotPositionOwner
		);
		let round = Rounds::<Test>::get(venture.id).unwrap();
		assert_eq!((round.yes, round.no), (CAROLS, 0));
		// A bribe is not worth much: the vote can be changed until the end.
		pass(VOTING - 1);
		assert_ok!(Escrow::vote(by(&dave()), position, false));
	});
}

#[test]
fn a07_votes_wiped_by_submitting_again() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_voting();
		assert_ok!(venture.vote(&carol(), false));
		assert_noop!(venture.submit(), Error::<Test>::RoundOpen);
		assert_noop!(venture.ask_for(10), Error::<Test>::RoundOpen);
		assert_noop!(venture.distrust(&carol()), Error::<Test>::RoundOpen);
		pass(VOTING);
		for _ in 0..2 {
			assert_ok!(venture.advance());
			pass(RULES.resubmit_pause);
			assert_ok!(venture.submit());
			assert_ok!(venture.vote(&carol(), false));
			pass(VOTING);
		}
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
	});
}

#[test]
fn a08_apathy() {
	on_both(|asset| {
		// A few votes decide nothing.
		let venture = Draft::new(asset).committed();
		assert_ok!(venture.commit(&dave(), TICKET));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		assert_ok!(venture.vote(&dave(), true));
		pass(VOTING);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 0);
		// Nor does silence starve the founder, or bind who was silent.
		pass(VOTING);
		assert_eq!(venture.phase(), Phase::Grace);
		undone(|| assert_ok!(venture.exit(&bob())));
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
	});
}

#[test]
fn a09_deposit_draining() {
	on_both(|asset| {
		let everything = |who: &AccountId| (wealth(&native(), who), wealth(&asset, who));
		let metaverse = register_demo(alice(), 8, 8);
		let (alices, network) = (everything(&alice()), everything(&treasury()));
		for _ in 0..3 {
			let venture = Draft::new(asset.clone()).drafted_for(metaverse);
			assert_ok!(venture.open());
			assert_ok!(venture.cancel());
			assert_ok!(venture.close());
		}
		let (alice_has, network_has) = (everything(&alice()), everything(&treasury()));
		assert_eq!(alice_has.0, alices.0 - 3 * EXISTENTIAL);
		assert_eq!(network_has.0, network.0 + 3 * EXISTENTIAL);
		assert_eq!(alice_has.1, alices.1 - 3 * least(&asset));
		assert_eq!(network_has.1, network.1 + 3 * least(&asset));
	});
}

#[test]
fn a10_existential_deposits() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).committed();
		assert_ok!(venture.cancel());
		assert_ok!(venture.claim_to(&bob(), &stranger(3)));
		assert_eq!(venture.wealth(&stranger(3)), BOBS);
		// The pot outlives the last refund, and is gone only with the campaign.
		assert_ok!(venture.claim(&carol()));
		assert_eq!(balance(&asset, &venture.pot()), least(&asset));
		assert_ok!(venture.close());
	});
}

#[test]
fn a11_donations_to_the_pot() {
	on_both(|asset| {
		let venture = Draft::new(asset.clone()).opened();
		assert_ok!(venture.commit(&bob(), GOAL - 1_000));
		send(&asset, &dave(), &venture.pot(), 5_000);
		check_state();
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Failed, "a gift is no commitment");
		venture.wrap_up(&[bob()]);
	});
}

#[test]
fn a12_money_waits_in_the_pot_before_the_campaign() {
	on_both(|asset| {
		let next = pallet_escrow::NextCampaign::<Test>::get();
		let pot = Escrow::pot(next);
		for asset in accepted() {
			send(&asset, &dave(), &pot, 777);
		}
		let venture = Draft::new(asset).funded();
		assert_eq!(venture.pot(), pot);
		venture.finish();
		assert_eq!(venture.state(), State::Completed);
	});
}

#[test]
fn a12_somebody_takes_the_collection_of_the_receipts() {
	on_both(|asset| {
		let venture = Draft::new(asset).funded();
		// Each metaverse takes a collection, so the next id is anybody's.
		register_demo(dave(), 4, 4);
		assert_ok!(venture.mint_receipt(&bob()));
		register_demo(dave(), 4, 4);
		assert_ok!(venture.mint_receipt(&carol()));
	});
}

#[test]
fn a13_a_stuck_payee_holds_nobody_up() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).at(Phase::WindDown);
		assert_ok!(Assets::block(by(&issuer()), STABLE, bob()));
		assert_noop!(venture.claim(&bob()), Error::<Test>::CannotReceive);
		assert_noop!(venture.claim_for(&bob()), Error::<Test>::CannotReceive);
		assert_ok!(venture.claim(&carol()));
		// The share waits, and goes where the owner says.
		assert_ok!(venture.claim_to(&bob(), &stranger(3)));
		assert_ok!(venture.close());
	});
}

#[test]
fn a14_the_issuer_of_the_asset() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).committed();
		let pot = venture.pot();
		// Held money cannot be moved, burned or destroyed by the issuer.
		assert_refused!(Assets::force_transfer(
			by(&issuer()),
			STABLE,
			pot.clone(),
			issuer(),
			RAISED
		));
		let _ = tx(|| Assets::burn(by(&issuer()), STABLE, pot.clone(), RAISED));
		assert_eq!(venture.in_pot(HoldReason::Principal), RAISED);
		assert_refused!(Assets::start_destroy(by(&issuer()), STABLE));
		assert_refused!(Assets::start_destroy(root(), STABLE));
		// A frozen pot pays all the same.
		let _ = tx(|| Assets::freeze(by(&issuer()), STABLE, pot));
		assert_ok!(venture.withdraw(&bob(), BOBS));
	});
}

#[test]
fn a15_refunds_cost_nothing() {
	on_both(|asset| {
		let people = [bob(), carol()].map(|who| wealth(&asset, &who));
		let venture = Draft::new(asset.clone()).committed();
		// Founding the metaverse paid the treasury; nothing else may.
		let before = [people[0], people[1], wealth(&asset, &treasury())];
		assert_ok!(venture.withdraw(&bob(), 1_000));
		assert_ok!(venture.cancel());
		assert_ok!(venture.claim(&bob()));
		assert_ok!(venture.claim_for(&carol()));
		let after = [bob(), carol(), treasury()].map(|who| wealth(&asset, &who));
		assert_eq!(before, after);
	});
}

#[test]
fn a16_a_payment_that_fails_leaves_the_books_as_they_were() {
	build_and_execute(|| {
		let venture = Draft::new(stable()).payable();
		assert_ok!(Assets::freeze_asset(by(&issuer()), STABLE));
		let before = venture.books();
		assert_noop!(venture.advance(), Error::<Test>::BeneficiaryCannotReceive);
		assert_eq!(venture.books(), before);
		assert_ok!(Assets::thaw_asset(by(&issuer()), STABLE));
		assert_ok!(venture.advance());
	});
}

#[test]
fn a17_the_beneficiary_is_always_the_metaverse() {
	on_both(|asset| {
		let venture = Draft::new(asset).in_grace();
		hand_over(venture.metaverse, &alice(), &dave());
		pass(GRACE);
		let (alices, daves) = (venture.wealth(&alice()), venture.wealth(&dave()));
		let startup = venture.wealth(&venture.beneficiary());
		assert_ok!(venture.advance());
		assert_eq!(venture.wealth(&alice()), alices);
		assert_eq!(venture.wealth(&dave()), daves);
		assert_eq!(venture.wealth(&venture.beneficiary()), startup + 5_880);
	});
}

#[test]
fn a18_terms_changed_under_the_investors() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		let signed_hash = venture.books().terms_hash;
		assert_ok!(venture.amend(venture.amendment()));
		pass(RULES.reconfirm);
		// Dave's commitment was on its way when the terms changed.
		assert_noop!(
			Escrow::commit(by(&dave()), venture.id, 1_000, 1, 1, signed_hash),
			Error::<Test>::WrongVersion
		);
		assert_noop!(
			Escrow::commit(by(&dave()), venture.id, 1_000, 1, 2, signed_hash),
			Error::<Test>::WrongTermsHash
		);
	});
}

#[test]
fn a19_amending_again_and_again() {
	on_both(|asset| {
		let venture = Draft::new(asset)
			.with(|terms| terms.period = 1_000)
			.committed();
		for _ in 0..MAX_AMENDMENTS {
			assert_ok!(venture.amend(venture.amendment()));
			// Whoever is tired of it takes the money at once.
			undone(|| assert_ok!(venture.claim(&bob())));
			undone(|| assert_ok!(venture.withdraw(&bob(), BOBS)));
			pass(RULES.reconfirm);
			undone(|| assert_ok!(venture.claim(&bob())));
		}
		assert_noop!(
			venture.amend(venture.amendment()),
			Error::<Test>::TooManyAmendments
		);
	});
}

#[test]
fn a20_dispute_spam() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		assert_ok!(venture.dispute(&bob()));
		assert_noop!(venture.dispute(&carol()), Error::<Test>::DisputeTooSoon);
		assert_ok!(venture.rule(Ruling::Dismiss));
		assert_noop!(venture.dispute(&bob()), Error::<Test>::DisputeTooSoon);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().money.dispute_slashed, RAISED / 100);
	});
}

#[test]
fn a20_a_dispute_that_ran_out_is_not_renewed_before_the_payment() {
	on_both(|asset| {
		let venture = Draft::new(asset).payable();
		assert_ok!(venture.dispute(&bob()));
		pass(RULES.max_dispute);
		assert_noop!(venture.dispute(&bob()), Error::<Test>::DisputeTooSoon);
		assert_noop!(venture.dispute(&carol()), Error::<Test>::DisputeTooSoon);
		assert_ok!(venture.advance());
		assert_eq!(venture.books().milestone, 1);
	});
}

#[test]
fn a21_the_arbiter_moves_no_money_elsewhere() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Disputed);
		let outside = |venture: &Venture| {
			[alice(), carol(), dave(), treasury(), venture.beneficiary()]
				.map(|who| venture.wealth(&who))
		};
		let before = outside(&venture);
		for ruling in [
			Ruling::Dismiss,
			Ruling::WindDown,
			Ruling::ReleaseAnyway,
			Ruling::RestartRound,
		] {
			undone(|| {
				assert_ok!(venture.rule(ruling));
				assert_eq!(outside(&venture), before, "{ruling:?}");
				check_state();
			});
		}
	});
}

#[test]
fn a22_claiming_for_somebody_who_does_not_want_it() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		let bobs = venture.position(&bob());
		assert_ok!(Escrow::allow_claim_for(by(&bob()), bobs, false));
		assert_ok!(venture.cancel());
		assert_noop!(venture.claim_for(&bob()), Error::<Test>::OwnerClaims);
		assert_ok!(venture.claim(&bob()));
		let had = venture.wealth(&stranger(77));
		assert_ok!(venture.claim_for(&carol()));
		assert_eq!(venture.wealth(&stranger(77)), had);
	});
}

#[test]
fn a23_largest_numbers() {
	on_both(|asset| {
		for who in [bob(), carol()] {
			fund(&asset, &who, MAX_CAP);
		}
		let draft = Draft::new(asset)
			.with(|terms| {
				terms.cap = MAX_CAP;
				terms.kickoff = Permill::from_percent(20);
			})
			.weights(&[u32::MAX, 1, u32::MAX]);
		let venture = draft.opened();
		assert_ok!(venture.commit(&bob(), MAX_CAP / 2 - 1));
		assert_ok!(venture.commit(&carol(), Balance::MAX));
		assert_eq!(venture.books().units, MAX_CAP);
		pass(PERIOD);
		assert_ok!(venture.advance());
		venture.deliver();
		assert_ok!(venture.submit());
		venture.approve();
		assert_ok!(venture.exit(&bob()));
		check_state();
		pass(GRACE);
		assert_ok!(venture.advance());
		assert_ok!(venture.abandon());
		assert_ok!(venture.claim(&carol()));
		let books = venture.books();
		assert_eq!((books.pool, books.units), (0, 0));
	});
}

#[test]
fn a23_deadlines_at_the_end_of_time() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		run_to_block(BlockNumber::MAX - 5);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::Active);
		assert_ok!(venture.submit());
		assert_ok!(venture.vote(&carol(), true));
		assert_ok!(venture.abandon());
		venture.wrap_up(&[bob(), carol()]);
	});
}

#[test]
fn a24_a_chain_that_stands_still_shortens_no_window() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		// A day without a block: no block of the window has passed.
		halt(86_400_000);
		assert_eq!(venture.phase(), Phase::Open);
		assert_ok!(venture.withdraw(&bob(), 100));
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		pass(PERIOD);
		assert_ok!(venture.advance());
	});
}

#[test]
fn a24_blocks_that_come_too_fast_shorten_no_window() {
	on_both(|asset| {
		let venture = Draft::new(asset).committed();
		blocks_without_time(10 * PERIOD);
		assert_eq!(venture.phase(), Phase::Open);
		assert_ok!(venture.withdraw(&bob(), 100));
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		halt(u64::from(PERIOD) * BLOCK_MS);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		blocks_without_time(10 * VOTING);
		assert_ok!(venture.vote(&carol(), true));
		assert_ok!(venture.vote(&bob(), false));
		halt(u64::from(VOTING) * BLOCK_MS);
		assert_eq!(venture.phase(), Phase::Grace);
		blocks_without_time(10 * GRACE);
		assert_ok!(venture.exit(&bob()));
		assert_noop!(venture.advance(), Error::<Test>::NothingDue);
		halt(u64::from(GRACE) * BLOCK_MS);
		assert_ok!(venture.advance());
	});
}

#[test]
fn a27_one_person_with_two_accounts() {
	on_both(|asset| {
		let attest = |who: AccountId, person: u8| {
			Attestation::attest(
				by(&dave()),
				who,
				SubjectId::repeat_byte(person),
				0,
				Balance::MAX,
				None,
			)
		};
		assert_ok!(attest(alice(), 1));
		assert_ok!(attest(bob(), 2));
		let draft = |founder: AccountId| {
			Draft::new(asset.clone())
				.founded_by(founder)
				.admitting(Policy::Attested {
					attester: dave(),
					limits: vec![ClassLimit {
						class: 0,
						per_campaign: 5_000,
						per_year: 6_000,
					}],
					affiliates: vec![],
				})
		};
		let venture = draft(alice()).opened();
		assert_ok!(venture.commit(&bob(), 5_000));
		let second = investor(2);
		assert_refused!(attest(second.clone(), 2));
		assert_noop!(venture.commit(&second, 1_000), Error::<Test>::NotAttested);
		// Moved to another account, the person has what the year leaves and no more, and nothing in a
		// campaign in which it is already.
		assert_ok!(Attestation::revoke(by(&dave()), bob()));
		assert_ok!(attest(second.clone(), 2));
		assert_noop!(
			venture.commit(&second, 1_000),
			Error::<Test>::PersonInvested
		);
		assert_ok!(attest(carol(), 3));
		let other = draft(carol()).opened();
		assert_ok!(other.commit(&second, 5_000));
		assert_eq!(other.units(&second), 1_000);
	});
}

#[test]
fn a28_mass_exit_before_the_payment() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&bob(), 5_000));
		assert_ok!(venture.commit(&carol(), 7_000));
		pass(PERIOD);
		assert_ok!(venture.advance());
		assert_ok!(venture.submit());
		pass(VOTING);
		assert_ok!(venture.advance());
		pass(VOTING);
		// Nobody has voted, so everybody may leave; the startup is not starved but wound down.
		assert_ok!(venture.exit(&carol()));
		assert_eq!(venture.phase(), Phase::Decided);
		assert_ok!(venture.advance());
		assert_eq!(venture.state(), State::WindDown);
		assert_eq!(venture.books().money.released, 0);
		venture.wrap_up(&[bob()]);
	});
}

#[test]
fn a29_front_running_at_the_cap() {
	on_both(|asset| {
		let venture = Draft::new(asset).opened();
		assert_ok!(venture.commit(&carol(), CAP - 5_000));
		// Dave comes before Bob, who wants all or nothing.
		assert_ok!(venture.commit(&dave(), 4_000));
		assert_noop!(
			venture.commit_at_least(&bob(), 5_000, 5_000),
			Error::<Test>::AcceptedTooLittle
		);
	});
}
