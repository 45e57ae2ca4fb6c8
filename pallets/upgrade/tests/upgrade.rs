//! What happens to code that is decided on, handed in, called off, and put in force.
// What FRAME's macros make of the runtime of these tests has no documentation.
#![allow(missing_docs)]

use frame_support::{
	assert_noop, assert_ok, derive_impl, ord_parameter_types,
	storage::unhashed,
	traits::{ConstU32, ConstU64, Hooks},
};
use frame_system::{EnsureSignedBy, SetCode};
use pallet_upgrade::{Code, Error, Event, Next, Upcoming};
use sp_core::{storage::well_known_keys::CODE, H256};
use sp_runtime::{
	traits::{BadOrigin, BlakeTwo256, Hash},
	BuildStorage,
};

type Block = frame_system::mocking::MockBlock<Test>;

const COUNCIL: u64 = 1;
const NOTICE: u64 = 10;
const LONGEST: u32 = 64;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Upgrade = pallet_upgrade;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type OnSetCode = Upgrade;
}

ord_parameter_types! {
	pub const Council: u64 = COUNCIL;
}

impl pallet_upgrade::Config for Test {
	type DecisionOrigin = EnsureSignedBy<Council, u64>;
	type MaxCode = ConstU32<LONGEST>;
	type Notice = ConstU64<NOTICE>;
	type WeightInfo = ();
}

/// Runs a story in block 1 and checks the equations after it.
fn build_and_execute(story: impl FnOnce()) {
	let storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the genesis builds");
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| {
		System::set_block_number(1);
		unhashed::put_raw(CODE, b"old");
		story();
		check();
	});
}

fn check() {
	assert_ok!(Upgrade::do_try_state());
}

fn go_to(number: u64) {
	while System::block_number() < number {
		System::set_block_number(System::block_number() + 1);
		Upgrade::on_finalize(System::block_number());
		check();
	}
}

fn code() -> Vec<u8> {
	unhashed::get_raw(CODE).expect("there is always code")
}

fn hash(code: &[u8]) -> H256 {
	BlakeTwo256::hash(code)
}

fn hand_in(code: &[u8]) {
	assert_ok!(<Upgrade as SetCode<Test>>::set_code(code.to_vec()));
}

fn decides(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn code_is_in_force_after_its_notice_and_not_before() {
	build_and_execute(|| {
		hand_in(b"new");
		let next = Upcoming {
			code_hash: hash(b"new"),
			at: 1 + NOTICE,
		};
		assert_eq!(Upgrade::next(), Some(next.clone()));
		System::assert_last_event(
			Event::Scheduled {
				code_hash: next.code_hash,
				at: next.at,
			}
			.into(),
		);
		go_to(NOTICE);
		assert_eq!(code(), b"old");
		go_to(1 + NOTICE);
		assert_eq!(code(), b"new");
		System::assert_last_event(
			frame_system::Event::CodeUpdated {
				hash: next.code_hash,
			}
			.into(),
		);
		assert_eq!(Upgrade::next(), None);
		// And that was all.
		go_to(3 * NOTICE);
		assert_eq!(code(), b"new");
	});
}

#[test]
fn a_chain_that_skips_the_block_does_it_in_the_next_one() {
	build_and_execute(|| {
		hand_in(b"new");
		System::set_block_number(5 * NOTICE);
		Upgrade::on_finalize(5 * NOTICE);
		assert_eq!(code(), b"new");
	});
}

#[test]
fn the_last_code_counts_and_has_a_notice_of_its_own() {
	build_and_execute(|| {
		hand_in(b"first");
		go_to(NOTICE);
		hand_in(b"second");
		go_to(2 * NOTICE - 1);
		assert_eq!(code(), b"old");
		go_to(2 * NOTICE);
		assert_eq!(code(), b"second");
	});
}

#[test]
fn code_that_is_handed_in_with_the_last_block_of_other_code_takes_its_place() {
	build_and_execute(|| {
		hand_in(b"first");
		go_to(NOTICE);
		System::set_block_number(1 + NOTICE);
		Upgrade::on_initialize(1 + NOTICE);
		hand_in(b"second");
		Upgrade::on_finalize(1 + NOTICE);
		assert_eq!(code(), b"old");
		go_to(1 + 2 * NOTICE);
		assert_eq!(code(), b"second");
	});
}

#[test]
fn a_decision_is_taken_back_by_one_for_no_code() {
	build_and_execute(|| {
		assert_ok!(Upgrade::authorize(decides(COUNCIL), hash(b"new")));
		assert_ok!(Upgrade::authorize(decides(COUNCIL), H256::zero()));
		assert_noop!(
			System::apply_authorized_upgrade(decides(9), b"new".to_vec()),
			frame_system::Error::<Test>::Unauthorized
		);
	});
}

#[test]
fn what_was_called_off_does_not_come() {
	build_and_execute(|| {
		hand_in(b"new");
		assert_ok!(Upgrade::cancel(decides(COUNCIL)));
		System::assert_last_event(
			Event::Cancelled {
				code_hash: hash(b"new"),
			}
			.into(),
		);
		assert!(!Next::<Test>::exists() && !Code::<Test>::exists());
		go_to(3 * NOTICE);
		assert_eq!(code(), b"old");
	});
}

#[test]
fn the_code_of_root_waits_as_well() {
	build_and_execute(|| {
		assert_ok!(System::set_code_without_checks(
			RuntimeOrigin::root(),
			b"new".to_vec()
		));
		assert_eq!(code(), b"old");
		go_to(1 + NOTICE);
		assert_eq!(code(), b"new");
	});
}

#[test]
fn a_decision_names_a_hash_and_asks_for_a_higher_version() {
	build_and_execute(|| {
		assert_ok!(Upgrade::authorize(decides(COUNCIL), hash(b"new")));
		System::assert_last_event(
			frame_system::Event::UpgradeAuthorized {
				code_hash: hash(b"new"),
				check_version: true,
			}
			.into(),
		);
		// Nothing waits until somebody has handed the code in.
		assert_eq!(Upgrade::next(), None);
		assert_noop!(
			System::apply_authorized_upgrade(decides(9), b"other".to_vec()),
			frame_system::Error::<Test>::Unauthorized
		);
	});
}

#[test]
fn fails_when_somebody_else_decides() {
	build_and_execute(|| {
		hand_in(b"new");
		for origin in [decides(9), RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(Upgrade::authorize(origin.clone(), hash(b"x")), BadOrigin);
			assert_noop!(Upgrade::cancel(origin), BadOrigin);
		}
	});
}

#[test]
fn fails_when_nothing_can_be_called_off() {
	build_and_execute(|| {
		assert_noop!(
			Upgrade::cancel(decides(COUNCIL)),
			Error::<Test>::NothingComes
		);
		hand_in(b"new");
		go_to(1 + NOTICE);
		assert_noop!(
			Upgrade::cancel(decides(COUNCIL)),
			Error::<Test>::NothingComes
		);
	});
}

#[test]
fn boundary_of_the_length() {
	build_and_execute(|| {
		hand_in(&[7; LONGEST as usize]);
		assert_noop!(
			<Upgrade as SetCode<Test>>::set_code(vec![7; LONGEST as usize + 1]),
			Error::<Test>::CodeTooLong
		);
		go_to(1 + NOTICE);
		assert_eq!(code(), [7; LONGEST as usize]);
	});
}
