//! Who can change the rules of a chain on which nobody is root, and how.

mod common;

use codec::Encode;
use common::{alice, bob, charlie, check_state};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResult, GetDispatchInfo, Pays},
	storage::unhashed,
	traits::Hooks,
	weights::Weight,
};
use madang_runtime::{
	application::configs::governance::CouncilCollective, AccountId, BlockNumber, Council, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, System, Upgrade, VERSION,
};
use sp_core::{
	storage::well_known_keys::CODE,
	traits::{ReadRuntimeVersion, ReadRuntimeVersionExt},
	H256,
};
use sp_externalities::Externalities;
use sp_keyring::Sr25519Keyring::Eve;
use sp_runtime::{
	traits::{BadOrigin, BlakeTwo256, Hash},
	DispatchError,
};
use sp_version::RuntimeVersion;

/// Code that is its own version, so that no compiler is needed.
fn code_of(spec_version: u32) -> Vec<u8> {
	RuntimeVersion {
		spec_version,
		..VERSION
	}
	.encode()
}

/// Reads that.
struct Reader;

impl ReadRuntimeVersion for Reader {
	fn read_runtime_version(
		&self,
		code: &[u8],
		_: &mut dyn Externalities,
	) -> Result<Vec<u8>, String> {
		Ok(code.to_vec())
	}
}

/// Runs a story on the development chain, on which the sudo key has no part.
fn on_chain(story: impl FnOnce()) {
	let mut chain = common::chain(Some("development"));
	chain.register_extension(ReadRuntimeVersionExt::new(Reader));
	chain.execute_with(|| {
		story();
		check_state();
	});
}

fn hash(code: &[u8]) -> H256 {
	BlakeTwo256::hash(code)
}

fn authorize(code: &[u8]) -> RuntimeCall {
	RuntimeCall::Upgrade(pallet_upgrade::Call::authorize {
		code_hash: hash(code),
	})
}

/// These of the three members carry a motion; how it went.
fn carried_by(members: &[AccountId], call: RuntimeCall) -> DispatchResult {
	let signed = |who: &AccountId| RuntimeOrigin::signed(who.clone());
	let length = call.encoded_size() as u32;
	let motion = BlakeTwo256::hash_of(&call);
	let index = pallet_collective::ProposalCount::<Runtime, CouncilCollective>::get();
	let weight = call.get_dispatch_info().call_weight;
	let threshold = members.len() as u32;
	if threshold == 1 {
		// Is executed at once.
		System::reset_events();
		assert_ok!(Council::propose(
			signed(&members[0]),
			1,
			Box::new(call),
			length
		));
	} else {
		assert_ok!(Council::propose(
			signed(&members[0]),
			threshold,
			Box::new(call),
			length
		));
		for member in members {
			assert_ok!(Council::vote(signed(member), motion, index, true));
		}
		System::reset_events();
		let weight = weight.saturating_add(Weight::from_parts(1_000_000_000, 100_000));
		assert_ok!(Council::close(
			signed(&members[0]),
			motion,
			index,
			weight,
			length
		));
	}
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Council(pallet_collective::Event::Executed { result, .. }) => {
				Some(result)
			}
			_ => None,
		})
		.expect("the motion was executed")
}

fn hand_in(code: Vec<u8>) -> DispatchResult {
	let paid = System::apply_authorized_upgrade(RuntimeOrigin::signed(Eve.to_account_id()), code)
		.map_err(|error| error.error)?;
	assert_eq!(paid.pays_fee, Pays::No);
	Ok(())
}

fn go_to(number: BlockNumber) {
	while System::block_number() < number {
		System::set_block_number(System::block_number() + 1);
		Upgrade::on_finalize(System::block_number());
		check_state();
	}
}

fn code() -> Option<Vec<u8>> {
	unhashed::get_raw(CODE)
}

#[test]
fn the_council_decides_and_anybody_hands_in() {
	on_chain(|| {
		let next = code_of(VERSION.spec_version + 1);
		let old = code();
		assert_ok!(carried_by(&[alice(), bob(), charlie()], authorize(&next)));
		assert_noop!(
			hand_in(code_of(VERSION.spec_version + 2)),
			frame_system::Error::<Runtime>::Unauthorized
		);
		assert_ok!(hand_in(next.clone()));
		// Only once.
		assert_noop!(
			hand_in(next.clone()),
			frame_system::Error::<Runtime>::NothingAuthorized
		);
		let notice = <Runtime as pallet_upgrade::Config>::Notice::get();
		let at = System::block_number() + notice;
		assert_eq!(Upgrade::next().map(|next| next.at), Some(at));
		go_to(at - 1);
		assert_eq!(code(), old);
		go_to(at);
		assert_eq!(code(), Some(next));
	});
}

#[test]
fn the_council_calls_off() {
	on_chain(|| {
		let next = code_of(VERSION.spec_version + 1);
		let council = [alice(), bob(), charlie()];
		assert_ok!(carried_by(&council, authorize(&next)));
		assert_ok!(hand_in(next));
		let cancel = RuntimeCall::Upgrade(pallet_upgrade::Call::cancel {});
		assert_ok!(carried_by(&council, cancel));
		assert_eq!(Upgrade::next(), None);
	});
}

#[test]
fn fails_when_fewer_than_three_agree() {
	on_chain(|| {
		let next = code_of(VERSION.spec_version + 1);
		for members in [&[alice()][..], &[alice(), bob()]] {
			assert_eq!(
				carried_by(members, authorize(&next)),
				Err(DispatchError::BadOrigin)
			);
		}
		for who in [alice(), bob(), Eve.to_account_id()] {
			assert_noop!(
				Upgrade::authorize(RuntimeOrigin::signed(who), hash(&next)),
				BadOrigin
			);
		}
		assert!(System::authorized_upgrade().is_none());
	});
}

#[test]
fn fails_when_three_are_less_than_two_thirds() {
	on_chain(|| {
		let next = code_of(VERSION.spec_version + 1);
		let three_of = |seats| {
			pallet_collective::Origin::<Runtime, CouncilCollective>::Members(3, seats).into()
		};
		for seats in [5, 6, 21] {
			assert_noop!(Upgrade::authorize(three_of(seats), hash(&next)), BadOrigin);
		}
		assert_ok!(Upgrade::authorize(three_of(4), hash(&next)));
	});
}

#[test]
fn a_version_that_is_not_higher_does_not_come() {
	on_chain(|| {
		let same = code_of(VERSION.spec_version);
		assert_ok!(carried_by(&[alice(), bob(), charlie()], authorize(&same)));
		assert_ok!(hand_in(same.clone()));
		System::assert_last_event(
			frame_system::Event::RejectedInvalidAuthorizedUpgrade {
				code_hash: hash(&same),
				error: frame_system::Error::<Runtime>::SpecVersionNeedsToIncrease.into(),
			}
			.into(),
		);
		assert_eq!(Upgrade::next(), None);
	});
}

#[test]
fn whatever_fits_into_a_block_fits_as_code() {
	// Otherwise code that was decided on could be handed in for nothing, and refused, again and again.
	let longest = <Runtime as pallet_upgrade::Config>::MaxCode::get();
	let block = <Runtime as frame_system::Config>::BlockLength::get();
	let room = block
		.max
		.get(frame_support::dispatch::DispatchClass::Operational);
	assert!(longest >= *room);
}

#[test]
fn two_of_three_do_not_choose_a_third_who_agrees_with_them() {
	on_chain(|| {
		let members = vec![alice(), bob(), Eve.to_account_id()];
		let replace = RuntimeCall::Council(pallet_collective::Call::set_members {
			new_members: members,
			prime: None,
			old_count: 3,
		});
		assert_eq!(
			carried_by(&[alice(), bob()], replace.clone()),
			Err(DispatchError::BadOrigin)
		);
		assert_ok!(carried_by(&[alice(), bob(), charlie()], replace));
	});
}
