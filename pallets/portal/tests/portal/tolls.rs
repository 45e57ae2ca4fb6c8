//! How a toll is cut, and who cannot get a part of it.

use crate::support::*;

/// A portal with this toll in these parts, from Alice's to Bob's metaverse.
fn tolled(asset: &AssetKind, amount: Balance, parts: Split) -> (Door, [AccountId; 3]) {
	let (a, b) = (world(&alice()), world(&bob()));
	for payee in [purse(a), purse(b), treasury()] {
		send(asset, &alice(), &payee, 1_000);
	}
	let draft = Draft::between(a, b).with(|terms| {
		terms.toll = Some(Toll {
			asset: asset.clone(),
			amount,
			split: parts,
		})
	});
	(draft.opened(), [purse(a), purse(b), treasury()])
}

#[test]
fn odd_amounts_are_cut_to_the_unit() {
	on_both(|asset| {
		let third = split(333_333, 333_333, 333_334);
		for (amount, parts, shares) in [
			(1, third, [0, 0, 1]),
			(2, third, [0, 1, 1]),
			(3, third, [0, 1, 2]),
			(10, third, [3, 3, 4]),
			(1_001, third, [333, 334, 334]),
			(1, split(500_000, 500_000, 0), [0, 1, 0]),
			(7, split(500_000, 500_000, 0), [3, 4, 0]),
			(7, split(1_000_000, 0, 0), [7, 0, 0]),
			(7, split(0, 1_000_000, 0), [0, 7, 0]),
			(7, split(0, 0, 1_000_000), [0, 0, 7]),
			(7, split(500_000, 0, 500_000), [3, 0, 4]),
			(
				999_983,
				split(490_001, 489_999, 20_000),
				[489_992, 489_991, 20_000],
			),
		] {
			undone(|| {
				let (door, payees) = tolled(&asset, amount, parts);
				let had = payees.clone().map(|who| wealth(&asset, &who));
				let visitor_had = wealth(&asset, &carol());
				assert_ok!(door.travel(&carol()));
				assert_ok!(door.admit(&bob(), &carol()));
				let got: Vec<_> = payees
					.iter()
					.zip(had)
					.map(|(who, had)| wealth(&asset, who) - had)
					.collect();
				assert_eq!(got, shares, "of {amount}");
				assert_eq!(got.iter().sum::<Balance>(), amount);
				assert_eq!(wealth(&asset, &carol()), visitor_had - amount);
				check_state();
			});
		}
	});
}

#[test]
fn the_largest_toll_is_held_and_paid() {
	build_and_execute(|| {
		let half = split(500_000, 500_000, 0);
		let (door, payees) = tolled(&native(), FUNDS - 1_000_000, half);
		let had = wealth(&native(), &payees[0]);
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		assert_eq!(wealth(&native(), &payees[0]), had + (FUNDS - 1_000_000) / 2);
		let (door, _) = tolled(&native(), Balance::MAX / 2, half);
		assert_noop!(door.travel(&dave()), Error::<Test>::TollNotCovered);
	});
}

#[test]
fn a_share_that_nobody_gets_is_not_asked_about() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		// Neither metaverse has anything of the asset, nor has the treasury; only Bob's gets a part.
		let part = |amount| {
			Draft::between(a, b).with(|terms| {
				terms.toll = Some(Toll {
					asset: stable(),
					amount,
					split: split(0, 1_000_000, 0),
				})
			})
		};
		let door = part(STABLE_MIN - 1).proposed_by(&alice());
		assert_noop!(door.accept(&bob()), Error::<Test>::PayeeCannotReceive);
		let door = part(STABLE_MIN).opened();
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.admit(&bob(), &carol()));
		assert_eq!(balance(&stable(), &purse(b)), STABLE_MIN);
		assert_eq!(balance(&stable(), &treasury()), 0);
	});
}

#[test]
fn a_toll_changed_in_the_meantime_leaves_the_pass_as_it_was() {
	on_both(|asset| {
		let (door, payees) = tolled(&asset, TOLL, split(490_000, 490_000, 20_000));
		assert_ok!(door.travel(&carol()));
		assert_ok!(door.amend(&alice(), |terms| {
			let toll = terms.toll.as_mut().unwrap();
			toll.amount = 50_000;
			toll.split = split(0, 1_000_000, 0);
		}));
		assert_ok!(door.accept(&bob()));
		let had = payees.clone().map(|who| wealth(&asset, &who));
		assert_ok!(door.admit(&bob(), &carol()));
		let has = payees.map(|who| wealth(&asset, &who));
		assert_eq!(has, [had[0] + WORLDS, had[1] + WORLDS, had[2] + NETWORKS]);
	});
}

#[test]
fn tolls_in_both_assets_wait_side_by_side() {
	build_and_execute(|| {
		let (a, b) = (world(&alice()), world(&bob()));
		let doors = accepted().map(|asset| Draft::between(a, b).tolled(&asset).opened());
		for door in doors {
			assert_ok!(door.travel(&carol()));
		}
		for asset in accepted() {
			assert_eq!(held_for(HoldReason::Toll, &asset, &carol()), TOLL);
		}
		assert_ok!(doors[0].refuse(&bob(), &carol()));
		assert_eq!(held_for(HoldReason::Toll, &native(), &carol()), 0);
		assert_eq!(held_for(HoldReason::Toll, &stable(), &carol()), TOLL);
		assert_ok!(doors[1].admit(&bob(), &carol()));
		assert_eq!(held_for(HoldReason::Toll, &stable(), &carol()), 0);
	});
}
