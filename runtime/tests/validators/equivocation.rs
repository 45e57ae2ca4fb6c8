//! Whoever votes for two things at once loses the bond, and nothing that is done before or after keeps
//! it safe.

use finality_grandpa::{Equivocation as Votes, Prevote};
use frame_support::{
	dispatch::{Pays, PostDispatchInfo},
	traits::KeyOwnerProofSystem,
};
use pallet_validators::{Error, Event};
use sp_consensus_grandpa::{
	localized_payload, AuthorityId, AuthoritySignature, Equivocation, EquivocationProof, SetId,
	KEY_TYPE,
};
use sp_core::{ed25519, Pair};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource},
	DispatchResultWithInfo,
};
use sp_session::MembershipProof;

use crate::support::*;

type Proof = EquivocationProof<madang_runtime::Hash, u32>;
type GrandpaError = pallet_grandpa::Error<Runtime>;

const ROUND: u64 = 7;

/// A validator whose GRANDPA key the tests can sign with.
struct Voter {
	who: Sr25519Keyring,
	key: ed25519::Pair,
}

impl Voter {
	/// Stands with a bond and works.
	fn join(who: Sr25519Keyring) -> Self {
		let voter = Self::with_keys(who, 1);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(who)));
		pass_sessions(2);
		assert!(is_validator(who));
		voter
	}

	/// Sets keys made from a number.
	fn with_keys(who: Sr25519Keyring, number: u8) -> Self {
		let seed = format!("//{who}//{number}");
		let made = SessionKeys::generate(
			&codec::Encode::encode(&account(who)),
			Some(seed.clone().into_bytes()),
		);
		assert_ok!(Session::set_keys(
			signed(who),
			made.keys.clone(),
			codec::Encode::encode(&made.proof)
		));
		let key = ed25519::Pair::from_string(&seed, None).expect("the seed is one");
		assert_eq!(
			made.keys.grandpa,
			key.public().into(),
			"the keys are those of the seed"
		);
		Self { who, key }
	}

	fn id(&self) -> AuthorityId {
		self.key.public().into()
	}

	/// Signs a vote for a block.
	fn vote(
		&self,
		round: u64,
		set: SetId,
		block: u8,
	) -> (Prevote<madang_runtime::Hash, u32>, AuthoritySignature) {
		let vote = Prevote {
			target_hash: madang_runtime::Hash::repeat_byte(block),
			target_number: 1,
		};
		let message = finality_grandpa::Message::Prevote(vote.clone());
		let signature = self.key.sign(&localized_payload(round, set, &message));
		(vote, signature.into())
	}

	/// Votes for two blocks in one round.
	fn equivocate(&self, set: SetId) -> Proof {
		self.equivocate_for(set, 1, 2)
	}

	fn equivocate_for(&self, set: SetId, one: u8, other: u8) -> Proof {
		Proof::new(
			set,
			Equivocation::Prevote(Votes {
				round_number: ROUND,
				identity: self.id(),
				first: self.vote(ROUND, set, one),
				second: self.vote(ROUND, set, other),
			}),
		)
	}

	/// What a node proves about the key in the state of now.
	fn ownership(&self) -> Option<MembershipProof> {
		Validators::prove((KEY_TYPE, self.id()))
	}
}

/// The running session and its set, at a moment at which a validator votes.
fn now(voter: &Voter) -> (SetId, MembershipProof) {
	let proof = voter.ownership().expect("it is a validator");
	(Grandpa::current_set_id(), proof)
}

fn report(votes: Proof, owner: MembershipProof) -> DispatchResultWithInfo<PostDispatchInfo> {
	Grandpa::report_equivocation(signed(Ferdie), Box::new(votes), owner)
}

/// Reports what must be right, and checks that all of the bond is lost and nothing but the bond.
fn lose(voter: &Voter, votes: Proof, owner: MembershipProof) {
	let session = owner.session;
	let stake = held(voter.who);
	assert!(stake > 0, "there is something to lose");
	let (before, in_treasury) = (free(voter.who), treasury());
	let issuance = pallet_balances::TotalIssuance::<Runtime>::get();
	let post = report(votes, owner).expect("the report is right");
	assert_eq!(post.pays_fee, Pays::No, "who reports pays nothing");
	System::assert_last_event(
		Event::Slashed {
			who: account(voter.who),
			amount: stake,
			session,
			expelled: true,
		}
		.into(),
	);
	assert_eq!(held(voter.who), 0);
	assert_eq!(Validators::bond_of(account(voter.who)), None);
	assert_eq!(free(voter.who), before);
	assert_eq!(treasury(), in_treasury + stake);
	assert_eq!(pallet_balances::TotalIssuance::<Runtime>::get(), issuance);
	assert_noop!(
		madang_runtime::Validators::withdraw(
			signed(voter.who),
			madang_runtime::Address::Id(account(voter.who))
		),
		Error::<Runtime>::NothingWaits
	);
}

fn with_eve(story: impl FnOnce(Voter)) {
	on_chain(|| {
		open_places(1);
		story(Voter::join(Eve));
	});
}

#[test]
fn an_equivocation_costs_the_bond_and_the_seat() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		lose(&eve, eve.equivocate(set), owner);
		assert!(
			is_validator(Eve),
			"the running session goes on with its set"
		);
		pass_sessions(2);
		assert!(!is_validator(Eve));
	});
}

#[test]
fn leaving_first_does_not_help() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		lose(&eve, eve.equivocate(set), owner);
	});
}

#[test]
fn leaving_and_equivocating_in_the_last_session_does_not_help() {
	with_eve(|eve| {
		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		pass_sessions(1);
		assert!(is_validator(Eve), "this is her last session");
		let (set, owner) = now(&eve);
		// It comes to light as late as possible: in the last session of the window.
		pass_sessions(report_window());
		assert_noop!(withdraw(Eve), Error::<Runtime>::StillAtStake);
		lose(&eve, eve.equivocate(set), owner);
	});
}

#[test]
fn what_is_too_old_is_forgotten_only_when_the_bond_is_free() {
	with_eve(|eve| {
		assert_ok!(ValidatorSelection::leave_intent(signed(Eve)));
		pass_sessions(1);
		let (set, owner) = now(&eve);
		pass_sessions(report_window() + 1);
		assert_noop!(
			report(eve.equivocate(set), owner),
			GrandpaError::InvalidKeyOwnershipProof
		);
		assert_ok!(withdraw(Eve));
	});
}

#[test]
fn other_keys_and_no_keys_do_not_help() {
	let hide: [fn(); 2] = [
		|| {
			Voter::with_keys(Eve, 2);
		},
		|| {
			assert_ok!(Session::purge_keys(signed(Eve)));
		},
	];
	for hide in hide {
		// Within the session in which the keys change, the one after it, and a later one.
		for sessions in [0, 1, 5] {
			with_eve(|eve| {
				let (set, at_the_time) = now(&eve);
				hide();
				let in_this_session = eve.ownership();
				assert_eq!(in_this_session.as_ref(), Some(&at_the_time));
				pass_sessions(sessions);
				lose(&eve, eve.equivocate(set), at_the_time);
			});
		}
	}
}

#[test]
fn a_key_that_went_to_somebody_else_is_still_its_first_owners() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		// Eve changes to other keys, and an accomplice without a bond takes hers.
		Voter::with_keys(Eve, 2);
		let seed = "//Eve//1".as_bytes().to_vec();
		let made = SessionKeys::generate(&codec::Encode::encode(&account(Charlie)), Some(seed));
		assert_ok!(Session::set_keys(
			signed(Charlie),
			made.keys,
			codec::Encode::encode(&made.proof)
		));
		pass_sessions(1);
		lose(&eve, eve.equivocate(set), owner);
		assert!(Validators::bond_of(account(Charlie)).is_none());
	});
}

#[test]
fn a_new_bond_does_not_buy_the_way_back_into_the_next_set() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		lose(&eve, eve.equivocate(set), owner);
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		pass_sessions(2);
		assert!(!is_validator(Eve), "one planned session passes without her");
		pass_sessions(1);
		assert!(is_validator(Eve), "then the new bond counts");
		let (next, owner) = now(&eve);
		assert!(next > set);
		lose(&eve, eve.equivocate(next), owner);
	});
}

#[test]
fn one_set_costs_one_bond() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		lose(&eve, eve.equivocate(set), owner.clone());
		assert_ok!(ValidatorSelection::register_as_candidate(signed(Eve)));
		assert_noop!(
			report(eve.equivocate_for(set, 3, 4), owner),
			GrandpaError::DuplicateOffenceReport
		);
		assert_eq!(held(Eve), candidacy_bond());
	});
}

#[test]
fn an_invited_validator_loses_its_seat() {
	on("local_testnet", || {
		let dave = Voter::with_keys(Dave, 1);
		pass_sessions(2);
		let (set, owner) = now(&dave);
		assert_ok!(report(dave.equivocate(set), owner));
		assert_eq!(
			pallet_collator_selection::Invulnerables::<Runtime>::get().len(),
			3
		);
		pass_sessions(2);
		assert!(!is_validator(Dave));
		assert_eq!(Session::validators().len(), 3);
	});
}

#[test]
fn the_last_validator_stays() {
	on_chain(|| {
		let alice = Voter::with_keys(Alice, 1);
		pass_sessions(2);
		let (set, owner) = now(&alice);
		assert_ok!(report(alice.equivocate(set), owner.clone()));
		System::assert_last_event(
			Event::Slashed {
				who: account(Alice),
				amount: 0,
				session: owner.session,
				expelled: false,
			}
			.into(),
		);
		pass_sessions(3);
		assert_eq!(Session::validators(), vec![account(Alice)]);
	});
}

#[test]
fn what_is_no_equivocation_costs_nothing() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		let stranger = Voter {
			who: Charlie,
			key: ed25519::Pair::from_string("//Stranger", None).expect("a seed"),
		};

		// Twice the same vote.
		let invalid = GrandpaError::InvalidEquivocationProof;
		assert_noop!(
			report(eve.equivocate_for(set, 1, 1), owner.clone()),
			invalid
		);
		// Votes that somebody else signed.
		let forged = Proof::new(
			set,
			Equivocation::Prevote(Votes {
				round_number: ROUND,
				identity: eve.id(),
				first: stranger.vote(ROUND, set, 1),
				second: stranger.vote(ROUND, set, 2),
			}),
		);
		let invalid = GrandpaError::InvalidEquivocationProof;
		assert_noop!(report(forged, owner.clone()), invalid);
		// A set that never was, and one with which the session has nothing to do.
		let invalid = GrandpaError::InvalidEquivocationProof;
		assert_noop!(report(eve.equivocate(set + 1), owner.clone()), invalid);
		assert!(set > 0);
		let invalid = GrandpaError::InvalidEquivocationProof;
		assert_noop!(report(eve.equivocate(set - 1), owner.clone()), invalid);
		// A key that nobody owns.
		assert_eq!(stranger.ownership(), None);
		let unowned = GrandpaError::InvalidKeyOwnershipProof;
		assert_noop!(report(stranger.equivocate(set), owner.clone()), unowned);
		// Proofs with something added, with a wrong count, or of a session that did not begin.
		for wrong in [
			MembershipProof {
				trie_nodes: vec![vec![1]],
				..owner.clone()
			},
			MembershipProof {
				validator_count: owner.validator_count + 1,
				..owner.clone()
			},
		] {
			let unowned = GrandpaError::InvalidKeyOwnershipProof;
			assert_noop!(report(eve.equivocate(set), wrong), unowned);
		}
		let future = MembershipProof {
			session: owner.session + 1,
			..owner
		};
		assert!(report(eve.equivocate(set), future).is_err());
		assert_eq!(held(Eve), candidacy_bond());
		assert!(is_validator(Eve));
	});
}

#[test]
fn nodes_report_without_a_signature_and_only_their_own_blocks_take_it() {
	with_eve(|eve| {
		let (set, owner) = now(&eve);
		let call = pallet_grandpa::Call::<Runtime>::report_equivocation_unsigned {
			equivocation_proof: Box::new(eve.equivocate(set)),
			key_owner_proof: owner.clone(),
		};
		assert_eq!(
			Grandpa::validate_unsigned(TransactionSource::External, &call),
			InvalidTransaction::Call.into(),
			"nobody floods the network with reports"
		);
		let valid = Grandpa::validate_unsigned(TransactionSource::Local, &call)
			.expect("a node's own report is taken");
		assert!(!valid.propagate);
		assert_ok!(Grandpa::report_equivocation_unsigned(
			RuntimeOrigin::none(),
			Box::new(eve.equivocate(set)),
			owner
		));
		assert_eq!(held(Eve), 0);
		assert_eq!(
			Grandpa::validate_unsigned(TransactionSource::Local, &call),
			InvalidTransaction::Stale.into(),
			"what is known is not reported again"
		);
	});
}
