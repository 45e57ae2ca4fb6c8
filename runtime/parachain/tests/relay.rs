//! What the relay chain gives and what it is given: cores, time, and new code.

mod common;

use codec::Compact;
use common::{bob, chain};
use cumulus_pallet_parachain_system::{
	HostConfiguration, NewValidationCode, PendingValidationCode, PreviousCoreCount, ValidationData,
};
use cumulus_primitives_core::{
	relay_chain::MAX_POV_SIZE, AbridgedHostConfiguration, PersistedValidationData,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::GetDispatchInfo,
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use madang_parachain_runtime::{
	configs::{
		consensus::{BLOCKS_PER_RELAY_SLOT, SLOT_DURATION},
		xcm::queues::{IdleServiceWeight, ServiceWeight},
	},
	BlockWeight, Runtime, RuntimeOrigin, System, Upgrade, MAXIMUM_BLOCK_WEIGHT,
};
use madang_runtime_common::{params::MaxCode, time::MILLISECS_PER_BLOCK};
use sp_core::storage::well_known_keys::{CODE, PENDING_CODE};
use sp_runtime::{traits::BadOrigin, Percent};

#[test]
fn the_blocks_of_a_slot_fill_it() {
	assert_eq!(
		u64::from(BLOCKS_PER_RELAY_SLOT) * MILLISECS_PER_BLOCK,
		SLOT_DURATION
	);
	assert_eq!(
		pallet_aura::Pallet::<Runtime>::slot_duration(),
		SLOT_DURATION
	);
}

#[test]
fn a_block_has_its_part_of_the_cores() {
	let seconds = |seconds: u64| seconds * WEIGHT_REF_TIME_PER_SECOND;
	let proof = u64::from(MAX_POV_SIZE);
	chain("development").execute_with(|| {
		let with = |cores: u16| -> Weight {
			PreviousCoreCount::<Runtime>::put(Compact(cores));
			<BlockWeight as Get<Weight>>::get()
		};
		assert_eq!(with(1), MAXIMUM_BLOCK_WEIGHT);
		assert_eq!(with(1), Weight::from_parts(seconds(2) / 3, proof / 3));
		assert_eq!(with(2), Weight::from_parts(seconds(1), proof / 2));
		assert_eq!(with(3), Weight::from_parts(seconds(2), proof));
		// More are not used.
		assert_eq!(with(6), with(3));
		PreviousCoreCount::<Runtime>::kill();
		assert_eq!(<BlockWeight as Get<Weight>>::get(), MAXIMUM_BLOCK_WEIGHT);
	});
}

#[test]
fn messages_leave_room_for_transactions() {
	let messages = ServiceWeight::get().saturating_add(IdleServiceWeight::get());
	assert!(messages.all_lte(Percent::from_percent(60) * MAXIMUM_BLOCK_WEIGHT));
}

#[test]
fn new_code_goes_to_the_relay_chain_and_changes_nothing_here() {
	chain("development").execute_with(|| {
		ValidationData::<Runtime>::put(PersistedValidationData::default());
		HostConfiguration::<Runtime>::put(AbridgedHostConfiguration {
			max_code_size: MaxCode::get(),
			max_head_data_size: 32 * 1024,
			max_upward_queue_count: 8,
			max_upward_queue_size: 1024 * 1024,
			max_upward_message_size: 4 * 1024,
			max_upward_message_num_per_candidate: 2,
			hrmp_max_message_num_per_candidate: 2,
			validation_upgrade_cooldown: 2,
			validation_upgrade_delay: 2,
			async_backing_params: cumulus_primitives_core::relay_chain::AsyncBackingParams {
				allowed_ancestry_len: 0,
				max_candidate_depth: 0,
			},
		});
		let running = sp_io::storage::get(CODE);
		let code = b"not really code".to_vec();
		assert_ok!(System::set_code_without_checks(
			RuntimeOrigin::root(),
			code.clone()
		));
		assert_eq!(NewValidationCode::<Runtime>::get(), Some(code.clone()));
		assert_eq!(PendingValidationCode::<Runtime>::get(), code);
		assert_eq!(sp_io::storage::get(CODE), running);
		assert_eq!(sp_io::storage::get(PENDING_CODE), None);
		// Nothing waits here, so nothing can be called off.
		assert_eq!(Upgrade::next(), None);
		assert_noop!(
			Upgrade::cancel(RuntimeOrigin::root()),
			pallet_upgrade::Error::<Runtime>::NothingComes
		);
	});
}

#[test]
fn nobody_decides_alone_about_new_code() {
	chain("development").execute_with(|| {
		let hash = sp_core::H256::repeat_byte(1);
		assert_noop!(
			Upgrade::authorize(RuntimeOrigin::signed(bob()), hash),
			BadOrigin
		);
		assert_ok!(Upgrade::authorize(RuntimeOrigin::root(), hash));
		// Whatever is decided, a block has room for it.
		let call = pallet_upgrade::Call::<Runtime>::authorize { code_hash: hash };
		let weight = call.get_dispatch_info().call_weight;
		assert!(weight.all_lt(MAXIMUM_BLOCK_WEIGHT));
	});
}
