//! The validator set changes by the council and by bonded candidacy, at the borders of sessions.

mod common;

use codec::Encode;
use common::chain;
use frame_support::{assert_noop, assert_ok, traits::Hooks};
use madang_runtime::{
	configs::governance::CouncilCollective, AccountId, Aura, Balances, Council, Grandpa, Runtime,
	RuntimeCall, RuntimeOrigin, Session, SessionKeys, System, ValidatorSelection,
};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	Digest, DigestItem,
};

fn on_chain(story: impl FnOnce()) {
	let mut chain = chain(Some("development"));
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.execute_with(story);
}

fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(who))
}

/// Lets blocks pass until so many sessions have begun.
fn pass_sessions(sessions: u32) {
	let target = Session::current_index() + sessions;
	while Session::current_index() < target {
		let next = System::block_number() + 1;
		let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(u64::from(next)).encode());
		System::reset_events();
		System::initialize(&next, &System::parent_hash(), &Digest { logs: vec![slot] });
		Aura::on_initialize(next);
		Session::on_initialize(next);
		Grandpa::on_finalize(next);
	}
}

/// Makes session keys and sets them, with the proof that the account holds them.
fn set_keys(who: Sr25519Keyring) -> SessionKeys {
	let made = SessionKeys::generate(&account(who).encode(), None);
	assert_ok!(Session::set_keys(
		signed(who),
		made.keys.clone(),
		made.proof.encode()
	));
	made.keys
}

/// The council of the development preset carries a motion with two of its three voices.
fn council_carries(call: RuntimeCall) {
	let length = call.encoded_size() as u32;
	let hash = BlakeTwo256::hash_of(&call);
	let index = pallet_collective::ProposalCount::<Runtime, CouncilCollective>::get();
	assert_ok!(Council::propose(signed(Alice), 2, Box::new(call), length));
	assert_ok!(Council::vote(signed(Alice), hash, index, true));
	assert_ok!(Council::vote(signed(Bob), hash, index, true));
	assert_ok!(Council::close(
		signed(Charlie),
		hash,
		index,
		frame_support::weights::Weight::from_parts(10_000_000_000, 1_000_000),
		length
	));
}

fn validators() -> Vec<AccountId> {
	Session::validators()
}

/// Whether Aura and GRANDPA both know the keys.
fn both_know(keys: &SessionKeys) -> bool {
	let aura = pallet_aura::Authorities::<Runtime>::get();
	let grandpa = Grandpa::grandpa_authorities();
	aura.contains(&keys.aura) && grandpa.iter().any(|(key, _)| *key == keys.grandpa)
}

#[test]
fn the_council_invites_a_validator_and_sends_one_away() {
	on_chain(|| {
		assert_eq!(validators(), vec![account(Alice)]);
		let keys = set_keys(Dave);
		council_carries(RuntimeCall::ValidatorSelection(
			pallet_collator_selection::Call::set_invulnerables {
				new: vec![account(Alice), account(Dave)],
			},
		));
		assert_eq!(
			validators(),
			vec![account(Alice)],
			"nothing changes within a session"
		);
		pass_sessions(2);
		assert!(validators().contains(&account(Dave)));
		assert!(both_know(&keys));

		council_carries(RuntimeCall::ValidatorSelection(
			pallet_collator_selection::Call::set_invulnerables {
				new: vec![account(Alice)],
			},
		));
		pass_sessions(2);
		assert_eq!(validators(), vec![account(Alice)]);
		assert!(!both_know(&keys));
	});
}

#[test]
fn a_candidate_with_a_bond_joins_when_the_council_opens_a_place() {
	on_chain(|| {
		let before = Balances::reserved_balance(account(Eve));
		let keys = set_keys(Eve);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		assert!(Balances::reserved_balance(account(Eve)) > before);
		pass_sessions(2);
		assert!(
			!validators().contains(&account(Eve)),
			"the preset opens no place"
		);

		council_carries(RuntimeCall::ValidatorSelection(
			pallet_collator_selection::Call::set_desired_candidates { max: 1 },
		));
		pass_sessions(2);
		assert!(validators().contains(&account(Eve)));
		assert!(both_know(&keys));

		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		pass_sessions(2);
		assert_eq!(validators(), vec![account(Alice)]);
	});
}

#[test]
fn nobody_else_changes_the_set() {
	on_chain(|| {
		let new = vec![account(Eve)];
		assert_noop!(
			ValidatorSelection::set_invulnerables(signed(Eve), new),
			sp_runtime::DispatchError::BadOrigin
		);
		// A candidate needs keys of its own, and the proof that it holds them.
		assert!(ValidatorSelection::register_as_candidate(signed(Eve)).is_err());
		let stolen = SessionKeys::generate(&account(Dave).encode(), None);
		assert_noop!(
			Session::set_keys(signed(Eve), stolen.keys, stolen.proof.encode()),
			pallet_session::Error::<Runtime>::InvalidProof
		);
	});
}
