//! What the queries answer.

use crate::support::*;
use madang_primitives::escrow::{Action, Actor};

#[test]
fn the_view_agrees_with_the_books() {
	on_both(|asset| {
		for phase in PHASES {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				let (view, books) = (venture.view(), venture.books());
				assert_eq!(view.phase, phase);
				assert_eq!(view.state, books.state);
				assert_eq!(view.founder, Some(alice()));
				assert_eq!(view.beneficiary, venture.beneficiary());
				assert_eq!((view.now.block, view.now.time), (now(), time()));
				assert_eq!(
					(view.pool, view.units, view.stale, view.bond),
					(books.pool, books.units, books.stale, books.bond)
				);
				assert_eq!(view.money, books.money);
				assert_eq!(view.terms_hash, books.terms_hash);
				assert_eq!(view.round, Rounds::<Test>::get(venture.id));
				for who in [bob(), carol()] {
					if PositionOfOwner::<Test>::contains_key(&who, venture.id) {
						let seen = Escrow::api_position(venture.position(&who)).unwrap();
						assert_eq!(seen.position.owner, who);
						assert_eq!(seen.live, phase != Phase::Reconfirm);
					}
				}
			});
		}
	});
}

/// What the view says that can be done now can be done, and what it does not cannot.
#[test]
fn the_next_steps_are_what_can_be_done() {
	let now_in = |view: &CampaignView<AccountId, BlockNumber>, action: Action| {
		view.next.iter().any(|step| {
			step.action == action
				&& step.from.is_none_or(|from| from.has_come(&view.now))
				&& step.until.is_none_or(|until| !until.has_come(&view.now))
		})
	};
	on_both(|asset| {
		for phase in PHASES {
			undone(|| {
				let venture = Draft::new(asset.clone()).at(phase);
				let view = venture.view();
				let advances = [
					Action::Activate,
					Action::Fail,
					Action::Settle,
					Action::Release,
					Action::WindDown,
				];
				let said = advances.iter().any(|action| now_in(&view, *action));
				let done = undone(|| tx(|| venture.advance()).is_ok());
				assert_eq!(said, done, "advance in {phase:?}: {:?}", view.next);
				let tries: [(Action, bool); 6] = [
					(Action::Open, undone(|| tx(|| venture.open()).is_ok())),
					(Action::Discard, undone(|| tx(|| venture.discard()).is_ok())),
					(Action::Cancel, undone(|| tx(|| venture.cancel()).is_ok())),
					(
						Action::SubmitMilestone,
						undone(|| tx(|| venture.submit()).is_ok()),
					),
					(
						Action::Commit,
						undone(|| tx(|| venture.commit(&dave(), 1_000)).is_ok()),
					),
					(
						Action::RequestExtension,
						undone(|| tx(|| venture.ask_for(10)).is_ok()),
					),
				];
				for (action, done) in tries {
					assert_eq!(now_in(&view, action), done, "{action:?} in {phase:?}");
				}
			});
		}
	});
}

#[test]
fn refunds_are_offered_to_whom_they_belong() {
	on_both(|asset| {
		let venture = Draft::new(asset).at(Phase::Reconfirm);
		let offered = venture
			.view()
			.next
			.iter()
			.any(|step| step.action == Action::Refund && step.actor == Actor::StaleOwner);
		assert!(offered);
	});
}

#[test]
fn lists_come_in_pages() {
	build_and_execute(|| {
		let first = Draft::new(native()).at(Phase::Failed);
		let second = Draft::new(stable()).drafted_for(first.metaverse);
		assert_ok!(second.open());
		assert_ok!(second.commit(&bob(), 1_000));

		let page = Escrow::api_campaigns(None, 1).unwrap();
		assert_eq!(page.items.len(), 1);
		assert_eq!(page.items[0].id, first.id);
		let page = Escrow::api_campaigns(page.next, 10).unwrap();
		assert_eq!(page.items.len(), 1);
		assert_eq!(page.items[0].id, second.id);
		assert_eq!(page.next, None);

		let mut seen = vec![];
		let mut cursor = None;
		loop {
			let page = Escrow::api_campaigns_of(first.metaverse, cursor, 1).unwrap();
			seen.extend(page.items.iter().map(|view| view.id));
			cursor = page.next;
			if cursor.is_none() {
				break;
			}
		}
		seen.sort_unstable();
		assert_eq!(seen, [first.id, second.id]);

		let mut positions = vec![];
		let mut cursor = None;
		loop {
			let page = Escrow::api_positions_of(bob(), cursor, 1).unwrap();
			positions.extend(page.items.iter().map(|view| view.id));
			cursor = page.next;
			if cursor.is_none() {
				break;
			}
		}
		positions.sort_unstable();
		assert_eq!(positions, [first.position(&bob()), second.position(&bob())]);
		assert!(Escrow::api_campaigns(None, 0) == Err(EscrowQueryError::BadLimit));
		assert!(
			Escrow::api_campaigns(None, madang_primitives::MAX_PAGE + 1)
				== Err(EscrowQueryError::BadLimit)
		);
	});
}

#[test]
fn unknown_things_have_no_answer() {
	build_and_execute(|| {
		assert!(Escrow::api_campaign(99).is_none());
		assert!(Escrow::api_position(99).is_none());
		assert!(Escrow::api_claimable(99).is_none());
		assert_eq!(Escrow::api_asset_rules(other()), None);
		assert_eq!(
			Escrow::api_asset_rules(native()),
			Some(AssetRules {
				min_goal: MIN_GOAL,
				min_ticket: MIN_TICKET
			})
		);
		assert_eq!(Escrow::api_rules(), RULES);
	});
}
