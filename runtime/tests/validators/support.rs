//! What the tests of validators share.

use codec::Encode;
pub use frame_support::{assert_noop, assert_ok, traits::Hooks};
use frame_support::{
	traits::fungible::{Inspect, InspectHold},
	weights::Weight,
};
use madang_runtime::Address;
pub use madang_runtime::{
	application::configs::governance::CouncilCollective, AccountId, Aura, Balance, Balances,
	Council, Grandpa, Runtime, RuntimeCall, RuntimeOrigin, Session, SessionKeys, System,
	ValidatorSelection, Validators,
};
use pallet_validators::{Bond, HoldReason};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
pub use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{BlakeTwo256, Get, Hash},
	Digest, DigestItem, DispatchError,
};

use crate::common::{chain, check_state};

/// Blocks in a session.
pub const SESSION: u32 = 300;

/// Runs a story on a chain that begins with a preset, and checks the equations after it.
pub fn on(preset: &str, story: impl FnOnce()) {
	let mut chain = chain(Some(preset));
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.execute_with(|| {
		story();
		check_state();
	});
}

/// Runs a story on the development chain, where Alice alone validates.
pub fn on_chain(story: impl FnOnce()) {
	on("development", story);
}

pub fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

pub fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(who))
}

fn begin(block: u32) {
	let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(u64::from(block)).encode());
	System::reset_events();
	// The blocks before it were left out.
	System::set_block_number(block - 1);
	System::initialize(&block, &System::parent_hash(), &Digest { logs: vec![slot] });
	Aura::on_initialize(block);
	Session::on_initialize(block);
	Grandpa::on_finalize(block);
}

/// Lets blocks pass until so many sessions have begun.
pub fn pass_sessions(sessions: u32) {
	for _ in 0..sessions {
		let before = Session::current_index();
		// Nothing happens within a session, so its blocks may be left out.
		begin((System::block_number() / SESSION + 1) * SESSION);
		assert_eq!(
			Session::current_index(),
			before + 1,
			"a session has 300 blocks"
		);
	}
}

/// How many sessions a bond waits that begins to wait now.
pub fn waiting_time() -> u32 {
	Validators::free_from() - Session::current_index()
}

/// How many sessions an equivocation can be reported.
pub fn report_window() -> u32 {
	<Runtime as pallet_validators::Config>::ReportWindow::get()
}

/// Makes session keys and sets them, with the proof that the account holds them.
pub fn set_keys(who: Sr25519Keyring) -> SessionKeys {
	let made = SessionKeys::generate(&account(who).encode(), None);
	assert_ok!(Session::set_keys(
		signed(who),
		made.keys.clone(),
		made.proof.encode()
	));
	made.keys
}

/// The council of the development preset carries a motion with two of its three voices.
pub fn council_carries(call: RuntimeCall) {
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
		Weight::from_parts(500_000_000_000, u64::MAX),
		length
	));
}

/// The council opens places for candidates.
pub fn open_places(max: u32) {
	council_carries(RuntimeCall::ValidatorSelection(
		pallet_collator_selection::Call::set_desired_candidates { max },
	));
}

/// Sets keys and stands with the bond, and works two sessions later.
pub fn join(who: Sr25519Keyring) -> SessionKeys {
	let keys = set_keys(who);
	assert_ok!(ValidatorSelection::register_as_candidate(signed(who)));
	pass_sessions(2);
	assert!(is_validator(who), "{who} works");
	keys
}

pub fn is_validator(who: Sr25519Keyring) -> bool {
	Session::validators().contains(&account(who))
}

/// Whether Aura and GRANDPA both know the keys.
pub fn both_know(keys: &SessionKeys) -> bool {
	let aura = pallet_aura::Authorities::<Runtime>::get();
	let grandpa = Grandpa::grandpa_authorities();
	aura.contains(&keys.aura) && grandpa.iter().any(|(key, _)| *key == keys.grandpa)
}

pub fn candidacy_bond() -> Balance {
	pallet_collator_selection::CandidacyBond::<Runtime>::get()
}

pub fn bond(who: Sr25519Keyring) -> Bond {
	Validators::bond_of(account(who)).unwrap_or_default()
}

/// What is on hold as a bond.
pub fn held(who: Sr25519Keyring) -> Balance {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &account(who))
}

pub fn free(who: Sr25519Keyring) -> Balance {
	Balances::balance(&account(who))
}

/// Anybody may, so Ferdie does.
pub fn withdraw(owner: Sr25519Keyring) -> Result<(), DispatchError> {
	Validators::withdraw(signed(Ferdie), Address::Id(account(owner)))
}

pub fn treasury() -> Balance {
	Balances::balance(&madang_runtime::Treasury::account_id())
}
