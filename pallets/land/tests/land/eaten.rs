//! Another pallet took back more from an account's reserve than it had put there, and so ate deposits.
//!
//! Whoever let that happen to the own account loses; nobody else waits for it.

use crate::support::*;
use frame_support::traits::ReservableCurrency;
use madang_primitives::land::ContentInput;

/// A chain on which Alice's deposits can be eaten. The mock's own check that every hold is covered
/// does not apply here; all equations of land do.
fn eaten(test: impl FnOnce(MetaverseId)) {
	new_test_ext().execute_with(|| {
		let m = world();
		open_sale(m, 0);
		test(m);
		Land::do_try_state().expect("the equations of land hold");
	});
}

fn eat(who: &AccountId, amount: Balance) {
	assert_eq!(
		<Balances as ReservableCurrency<_>>::unreserve(who, amount),
		0
	);
}

fn sold_by_bob(m: MetaverseId, area: Area) -> ParcelId {
	let id = claim_by(&bob(), m, area);
	assert_ok!(Land::transfer(by(&bob()), m, id, carol()));
	id
}

#[test]
fn an_eaten_deposit_does_not_keep_the_buyer_from_anything() {
	eaten(|m| {
		let released = sold_by_bob(m, Area::new(0, 0, 2, 2));
		let split = sold_by_bob(m, Area::new(2, 0, 2, 2));
		let burned = sold_by_bob(m, Area::new(4, 0, 2, 2));
		let adopted = sold_by_bob(m, Area::new(6, 0, 2, 2));
		let spared = free(&carol());
		eat(&bob(), 1);
		assert_ok!(Land::release(by(&carol()), m, released));
		assert_ok!(Land::split(by(&carol()), m, split, Cut::Row(1)));
		assert_ok!(Nfts::burn(by(&carol()), collection_of(m), burned));
		assert_ok!(Land::reap(by(&dave()), m, burned));
		assert_ok!(Land::adopt_deposit(by(&carol()), m, adopted));
		System::assert_has_event(
			Event::DepositMissing {
				who: bob(),
				missing: 1,
			}
			.into(),
		);
		assert!(
			free(&carol()) < spared,
			"only her own new deposits are held"
		);
		assert_eq!(wealth(&bob()), FUNDS);
	});
}

#[test]
fn a_deposit_that_is_gone_altogether_does_not_matter_either() {
	eaten(|m| {
		let id = sold_by_bob(m, Area::new(0, 0, 2, 2));
		let deposit = on_hold(HoldReason::Parcel, &bob());
		eat(&bob(), deposit);
		assert_ok!(Land::release(by(&carol()), m, id));
		System::assert_has_event(
			Event::DepositMissing {
				who: bob(),
				missing: deposit,
			}
			.into(),
		);
	});
}

#[test]
fn a_builder_whose_deposit_is_eaten_does_not_keep_the_owner_from_building() {
	eaten(|m| {
		let id = claim(m, Area::new(0, 0, 2, 2));
		let stage = |uri: &str| {
			Some(ContentInput {
				uri: uri.as_bytes().to_vec(),
				hash: Default::default(),
			})
		};
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), 100));
		assert_ok!(Land::set_content(by(&bob()), m, id, stage("tent")));
		eat(&bob(), 7);
		assert_ok!(Land::set_content(by(&alice()), m, id, stage("house")));
		System::assert_has_event(
			Event::DepositMissing {
				who: bob(),
				missing: 7,
			}
			.into(),
		);
		assert_ok!(Land::release(by(&alice()), m, id));
	});
}
