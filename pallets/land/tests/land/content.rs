//! `set_content` and `set_builder`.

use crate::support::*;
use madang_primitives::land::ContentInput;

fn stage(text: &str) -> Option<ContentInput> {
	Some(ContentInput {
		uri: text.as_bytes().to_vec(),
		hash: Default::default(),
	})
}

fn parcel() -> (MetaverseId, ParcelId) {
	let m = world();
	(m, claim(m, Area::new(0, 0, 4, 4)))
}

#[test]
fn the_owner_sets_replaces_and_clears_it() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let before = free(&alice());
		assert_noop!(
			Land::set_content(by(&alice()), m, id, None),
			Error::<Test>::NoContent
		);
		assert_ok!(Land::set_content(by(&alice()), m, id, stage("ipfs://무대")));
		let short = on_hold(HoldReason::Content, &alice());
		assert_ok!(Land::set_content(
			by(&alice()),
			m,
			id,
			stage(&"x".repeat(256))
		));
		assert_eq!(
			on_hold(HoldReason::Content, &alice()),
			short + 256 - "ipfs://무대".len() as u128
		);
		assert_ok!(Land::set_content(by(&alice()), m, id, None));
		assert_eq!(free(&alice()), before);
	});
}

#[test]
fn boundary_lengths_and_bytes_that_are_no_text() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let set = |content| Land::set_content(by(&alice()), m, id, content);
		assert_noop!(set(stage("")), Error::<Test>::UriEmpty);
		assert_noop!(set(stage(&"x".repeat(257))), Error::<Test>::UriTooLong);
		let bytes = ContentInput {
			uri: vec![0xff, 0xfe],
			hash: Default::default(),
		};
		assert_noop!(set(Some(bytes)), Error::<Test>::NotUtf8);
		assert_ok!(set(stage(&"x".repeat(256))));
	});
}

#[test]
fn a_builder_builds_until_the_right_is_over() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let now = System::block_number();
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), now + 3));
		assert_ok!(Land::set_content(by(&bob()), m, id, stage("by bob")));
		assert!(on_hold(HoldReason::Content, &bob()) > 0);
		assert_eq!(on_hold(HoldReason::Content, &alice()), 0);
		run_to_block(now + 2);
		assert_ok!(Land::set_content(by(&bob()), m, id, stage("by bob again")));
		run_to_block(now + 3);
		assert_noop!(
			Land::set_content(by(&bob()), m, id, stage("too late")),
			Error::<Test>::NotBuilder
		);
		// The owner replaces it, and the builder has the deposit back.
		assert_ok!(Land::set_content(by(&alice()), m, id, stage("by alice")));
		assert_eq!(on_hold(HoldReason::Content, &bob()), 0);
	});
}

#[test]
fn a_builders_right_ends_with_the_ownership() {
	build_and_execute(|| {
		let (m, id) = parcel();
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), u32::MAX));
		assert_ok!(Nfts::set_price(
			by(&alice()),
			collection_of(m),
			id,
			Some(50),
			None
		));
		assert_ok!(Nfts::buy_item(by(&carol()), collection_of(m), id, 50));
		assert_noop!(
			Land::set_content(by(&bob()), m, id, stage("not any more")),
			Error::<Test>::NotBuilder
		);
		assert_eq!(Land::api_parcel(m, id).unwrap().builder, None);
		assert_noop!(
			Land::set_content(by(&alice()), m, id, stage("nor the seller")),
			Error::<Test>::NotBuilder
		);
		assert_ok!(Land::set_content(by(&carol()), m, id, stage("mine")));
	});
}

#[test]
fn a_builder_cannot_pass_the_right_on_or_touch_the_parcel() {
	build_and_execute(|| {
		let (m, id) = parcel();
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), 100));
		let not_owner = Error::<Test>::NotOwner;
		assert_noop!(
			Land::set_builder(by(&bob()), m, id, carol(), 100),
			not_owner
		);
		assert_noop!(Land::release(by(&bob()), m, id), Error::<Test>::NotOwner);
		assert_refused!(Land::transfer(by(&bob()), m, id, bob()));
	});
}

#[test]
fn a_right_is_taken_away_by_a_block_that_is_not_in_the_future() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let now = System::block_number();
		let set = |until| Land::set_builder(by(&alice()), m, id, bob(), until);
		assert_noop!(set(0), Error::<Test>::NoBuilder);
		assert_noop!(
			Land::set_builder(by(&alice()), m, id, alice(), now + 1),
			Error::<Test>::OwnerIsBuilder
		);
		assert_ok!(set(u32::MAX));
		assert_ok!(set(now));
		assert_noop!(
			Land::set_content(by(&bob()), m, id, stage("no")),
			Error::<Test>::NotBuilder
		);
	});
}

#[test]
fn content_goes_with_the_parcel_and_its_deposit_comes_back() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let before = free(&bob());
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), 100));
		assert_ok!(Land::set_content(by(&bob()), m, id, stage("tent")));
		assert_ok!(Land::split(by(&alice()), m, id, Cut::Row(1)));
		assert_eq!(free(&bob()), before);
		assert_noop!(
			Land::set_content(by(&alice()), m, id, stage("gone")),
			Error::<Test>::UnknownParcel
		);
	});
}

#[test]
fn whoever_paid_for_a_content_may_take_it_down_and_nothing_more() {
	build_and_execute(|| {
		let (m, id) = parcel();
		let before = free(&bob());
		let now = System::block_number();
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), now + 2));
		assert_ok!(Land::set_content(by(&bob()), m, id, stage("tent")));
		assert_ok!(Land::transfer(by(&alice()), m, id, carol()));
		let not_builder = Error::<Test>::NotBuilder;
		assert_noop!(
			Land::set_content(by(&bob()), m, id, stage("palace")),
			not_builder
		);
		assert_noop!(
			Land::set_content(by(&dave()), m, id, None),
			Error::<Test>::NotBuilder
		);
		assert_ok!(Land::set_content(by(&bob()), m, id, None));
		assert_eq!(free(&bob()), before);
		assert_noop!(
			Land::set_content(by(&bob()), m, id, None),
			Error::<Test>::NotBuilder
		);
	});
}

#[test]
fn a_builders_right_does_not_revive_when_the_parcel_comes_back() {
	build_and_execute(|| {
		let (m, id) = parcel();
		assert_ok!(Land::set_builder(by(&alice()), m, id, bob(), 1_000));
		assert_ok!(Land::transfer(by(&alice()), m, id, carol()));
		assert_ok!(Land::transfer(by(&carol()), m, id, alice()));
		assert_noop!(
			Land::set_content(by(&bob()), m, id, stage("back again")),
			Error::<Test>::NotBuilder
		);
	});
}
