//! The genesis builds, the limits are those of the template, and money moves.

use frame_support::{
	assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	genesis_builder_helper::{build_state, get_preset},
	weights::constants::WEIGHT_REF_TIME_PER_SECOND,
};
use serde_json::{json, Value};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::transaction_validity::TransactionSource;

use crate::{
	genesis,
	signing::{pay, sign},
	Aura, Balance, Balances, Executive, Grandpa, Hash, Runtime, RuntimeGenesisConfig,
	RuntimeOrigin, System, SLOT_DURATION,
};

/// What Alice has.
const MONEY: Balance = 1_000_000_000_000;

/// The default genesis with that of the development network, in which Alice has money.
fn complete() -> Vec<u8> {
	let default =
		get_preset::<RuntimeGenesisConfig>(&None, genesis::get_preset).expect("there is a default");
	let mut complete: Value = serde_json::from_slice(&default).expect("it is JSON");
	let own = genesis::development();
	for (pallet, fields) in own.as_object().expect("it has pallets") {
		for (field, value) in fields.as_object().expect("they have fields") {
			complete[pallet][field] = value.clone();
		}
	}
	complete["balances"]["balances"] = json!([[Alice.to_account_id(), MONEY as u64]]);
	serde_json::to_vec(&complete).expect("JSON stays JSON")
}

fn chain() -> TestExternalities {
	let mut chain = TestExternalities::default();
	chain.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(complete()).expect("the genesis builds");
		// Events are not kept in the block before.
		System::set_block_number(1);
	});
	chain
}

#[test]
fn the_genesis_has_a_validator() {
	chain().execute_with(|| {
		assert_eq!(Aura::authorities_len(), 1);
		assert_eq!(Aura::slot_duration(), SLOT_DURATION);
		assert_eq!(Grandpa::grandpa_authorities().len(), 1);
		assert_eq!(Balances::free_balance(Alice.to_account_id()), MONEY);
	});
}

#[test]
fn blocks_have_the_limits_of_the_template() {
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	assert_eq!(
		limits.max_block.ref_time(),
		2 * WEIGHT_REF_TIME_PER_SECOND,
		"two seconds of execution"
	);
	let normal = limits.get(DispatchClass::Normal);
	let room = normal.max_total.expect("there is a limit").ref_time();
	assert_eq!(room, limits.max_block.ref_time() / 4 * 3);

	let transfer = sign(&Alice.pair(), pay(&Bob.to_account_id(), 1), 0, Hash::zero());
	let weight = transfer.get_dispatch_info().total_weight() + normal.base_extrinsic;
	let transfers = room / weight.ref_time();
	assert!((1_000..10_000).contains(&transfers), "{transfers}");
}

#[test]
fn money_moves() {
	chain().execute_with(|| {
		let bob = Bob.to_account_id();
		assert_ok!(Balances::transfer_keep_alive(
			RuntimeOrigin::signed(Alice.to_account_id()),
			bob.clone().into(),
			1_000
		));
		assert_eq!(Balances::free_balance(bob), 1_000);
	});
}

#[test]
fn what_is_signed_is_valid() {
	let genesis = Hash::repeat_byte(7);
	let signed = |nonce, genesis| {
		sign(
			&Alice.pair(),
			pay(&Bob.to_account_id(), 1_000),
			nonce,
			genesis,
		)
	};
	let validity = |transaction| {
		let mut chain = TestExternalities::default();
		chain.execute_with(|| {
			build_state::<RuntimeGenesisConfig>(complete()).expect("the genesis builds");
			// The block before the first is the genesis, so this hash becomes its hash.
			Executive::validate_transaction(TransactionSource::External, transaction, genesis)
		})
	};
	assert_ok!(validity(signed(0, genesis)));
	assert!(validity(signed(0, Hash::zero())).is_err());
}
