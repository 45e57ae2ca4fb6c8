//! Transfers to this chain.

use codec::Encode;
use cumulus_primitives_core::AggregateMessageOrigin;
use frame_support::{
	traits::{ConstU32, EnqueueMessage, ServiceQueues},
	weights::WeightToFee,
	BoundedSlice,
};
use madang_parachain_runtime::{
	configs::xcm::{
		assets::{RELAY_TOKEN, USDT},
		fees::PriceIn,
		queues::ServiceWeight,
		Weigher, ASSET_HUB,
	},
	AccountId, MessageQueue,
};
use xcm::{latest::prelude::*, VersionedXcm};
use xcm_executor::traits::WeightBounds;

use crate::{
	common::{bob, on_development_chain},
	support::*,
};

/// Somebody who has nothing here yet, not even our token.
fn newcomer() -> AccountId {
	AccountId::new([77; 32])
}

#[test]
fn a_transfer_of_dollars_is_credited_and_pays_for_itself() {
	on_development_chain(|| {
		let amount = 100 * ONE_USDT;
		let mut message = transfer(vec![usdt(amount)], usdt(amount), &newcomer());
		let work = Weigher::weight(&mut message, Weight::MAX).expect("the message is short");
		let price = PriceIn::<ConstU32<USDT>>::weight_to_fee(&work);
		assert!((1..ONE_USDT).contains(&price), "{price}");

		let outcome = receive(asset_hub(), message);
		outcome.ensure_complete().expect("the dollars arrive");
		assert_eq!(balance(USDT, &newcomer()), amount - price);
		assert_eq!(balance(USDT, &treasury()), price);
		assert_eq!(issuance(USDT), amount);
	});
}

#[test]
fn the_relay_token_comes_from_asset_hub() {
	on_development_chain(|| {
		let amount = 10 * 10_000_000_000;
		let message = transfer(vec![relay_token(amount)], relay_token(amount), &bob());
		let outcome = receive(asset_hub(), message);
		outcome.ensure_complete().expect("the tokens arrive");
		assert!(balance(RELAY_TOKEN, &bob()) > amount * 9 / 10);
		assert_eq!(issuance(RELAY_TOKEN), amount);
	});
}

#[test]
fn one_asset_can_pay_for_another() {
	on_development_chain(|| {
		let (dollars, tokens) = (10 * ONE_USDT, 10_000_000_000);
		let assets = vec![relay_token(tokens), usdt(dollars)];
		let outcome = receive(asset_hub(), transfer(assets, usdt(dollars), &bob()));
		outcome.ensure_complete().expect("both arrive");
		assert_eq!(balance(RELAY_TOKEN, &bob()), tokens);
		assert!(balance(USDT, &bob()) < dollars);
	});
}

#[test]
fn a_transfer_goes_through_the_queue_in_one_block() {
	on_development_chain(|| {
		let message = transfer(vec![usdt(ONE_USDT)], usdt(ONE_USDT), &newcomer());
		let bytes = VersionedXcm::from(message).encode();
		let page = BoundedSlice::try_from(&bytes[..]).expect("the message fits");
		let origin = AggregateMessageOrigin::Sibling(ASSET_HUB.into());
		<MessageQueue as EnqueueMessage<_>>::enqueue_message(page, origin);
		let used = MessageQueue::service_queues(ServiceWeight::get());
		assert!(used.all_lte(ServiceWeight::get()));
		assert!(balance(USDT, &newcomer()) > 0);
	});
}
