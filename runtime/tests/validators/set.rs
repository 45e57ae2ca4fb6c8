//! The set, as the council and candidates change it.

use codec::Encode;
use sp_runtime::DispatchError;

use crate::support::*;

fn invited(who: &[Sr25519Keyring]) -> RuntimeCall {
	RuntimeCall::ValidatorSelection(pallet_collator_selection::Call::set_invulnerables {
		new: who.iter().copied().map(account).collect(),
	})
}

#[test]
fn the_council_invites_a_validator_and_sends_one_away() {
	on_chain(|| {
		assert_eq!(Session::validators(), vec![account(Alice)]);
		let keys = set_keys(Dave);
		council_carries(invited(&[Alice, Dave]));
		assert!(!is_validator(Dave), "nothing changes within a session");
		pass_sessions(1);
		assert!(!is_validator(Dave), "the next session is fixed already");
		pass_sessions(1);
		assert!(is_validator(Dave));
		assert!(both_know(&keys));

		council_carries(invited(&[Alice]));
		pass_sessions(2);
		assert_eq!(Session::validators(), vec![account(Alice)]);
		assert!(!both_know(&keys));
	});
}

#[test]
fn a_candidate_with_a_bond_joins_when_the_council_opens_a_place() {
	on_chain(|| {
		let keys = set_keys(Eve);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		assert_eq!(held(Eve), candidacy_bond());
		pass_sessions(2);
		assert!(!is_validator(Eve), "the preset opens no place");

		open_places(1);
		pass_sessions(2);
		assert!(is_validator(Eve));
		assert!(both_know(&keys));

		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		pass_sessions(2);
		assert_eq!(Session::validators(), vec![account(Alice)]);
	});
}

#[test]
fn keys_are_rotated_with_proof() {
	on_chain(|| {
		open_places(1);
		let old = join(Eve);
		let new = set_keys(Eve);
		assert!(both_know(&old), "the running session keeps its keys");
		pass_sessions(1);
		assert!(both_know(&old), "and so does the next");
		pass_sessions(1);
		assert!(both_know(&new));
		assert!(!both_know(&old));
	});
}

#[test]
fn nobody_else_changes_the_set() {
	on_chain(|| {
		let new = vec![account(Eve)];
		assert_noop!(
			ValidatorSelection::set_invulnerables(signed(Eve), new),
			DispatchError::BadOrigin
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

#[test]
fn finality_gets_a_new_set_only_when_the_set_is_new() {
	on_chain(|| {
		pass_sessions(3);
		assert_eq!(Grandpa::current_set_id(), 0);
		open_places(1);
		join(Eve);
		let with_eve = Grandpa::current_set_id();
		assert!(with_eve > 0);
		pass_sessions(1);
		assert_eq!(Grandpa::current_set_id(), with_eve);
		// New keys are a new set, and so is a validator without keys.
		set_keys(Eve);
		pass_sessions(3);
		assert_eq!(Grandpa::current_set_id(), with_eve + 1);
		assert_ok!(Session::purge_keys(signed(Eve)));
		pass_sessions(2);
		assert!(!is_validator(Eve));
		assert!(Grandpa::current_set_id() > with_eve + 1);
		assert_eq!(Grandpa::grandpa_authorities().len(), 1);
	});
}
