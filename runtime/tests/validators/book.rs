//! The steps of `docs/validators.md`, played exactly as they stand there: this reads the tables and
//! knows each step by its words, so a step that is changed, added or left out fails here.

use codec::Encode;
use frame_support::traits::Get;
use madang_runtime::Address;
use pallet_collator_selection::Call;

use crate::support::*;

const BOOK: &str = include_str!("../../../docs/validators.md");

/// The validator of the book.
const VALIDATOR: Sr25519Keyring = Eve;

/// A row of a table of steps.
struct Step {
	who: &'static str,
	what: &'static str,
}

/// The steps under a heading.
fn steps(heading: &str) -> Vec<Step> {
	let (_, section) = BOOK
		.split_once(&format!("## {heading}\n"))
		.unwrap_or_else(|| panic!("the book has no section {heading}"));
	let section = section.split("\n## ").next().unwrap_or_default();
	let steps: Vec<_> = section
		.lines()
		.filter_map(|line| {
			let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
			let [number, who, what, _then] = cells[..] else {
				return None;
			};
			number
				.parse::<u32>()
				.ok()
				.map(|number| (number, Step { who, what }))
		})
		.enumerate()
		.map(|(place, (number, step))| {
			assert_eq!(
				number as usize,
				place + 1,
				"the steps of {heading} are counted"
			);
			step
		})
		.collect();
	assert!(!steps.is_empty(), "{heading} has steps");
	steps
}

/// Plays the steps under a heading.
fn play(heading: &str) {
	let mut made = None;
	let invite = |call| council_carries(RuntimeCall::ValidatorSelection(call));
	for Step { who, what } in steps(heading) {
		if let Some(wait) = what.strip_prefix("waits for ") {
			let sessions = wait
				.strip_suffix(" sessions")
				.expect("it says how many sessions");
			pass_sessions(sessions.parse().expect("it is a number"));
			continue;
		}
		let call = what
			.split('`')
			.nth(1)
			.unwrap_or_else(|| panic!("{what} has no call"));
		match (who, call) {
			("council", "validatorSelection.setDesiredCandidates(1)") => open_places(1),
			("council", "validatorSelection.addInvulnerable(validator)") => {
				invite(Call::add_invulnerable {
					who: account(VALIDATOR),
				})
			}
			("council", "validatorSelection.removeInvulnerable(validator)") => {
				invite(Call::remove_invulnerable {
					who: account(VALIDATOR),
				})
			}
			// What the method does in the runtime of the node.
			("validator", "author_rotateKeysWithOwner") => {
				made = Some(SessionKeys::generate(&account(VALIDATOR).encode(), None));
			}
			("validator", "session.setKeys(keys, proof)") => {
				let made = made.take().expect("keys were made before");
				assert_ok!(Session::set_keys(
					signed(VALIDATOR),
					made.keys,
					made.proof.encode()
				));
			}
			("validator", "session.purgeKeys()") => {
				assert_ok!(Session::purge_keys(signed(VALIDATOR)));
			}
			("validator", "validatorSelection.registerAsCandidate()") => {
				assert_ok!(ValidatorSelection::register_as_candidate(signed(VALIDATOR)));
			}
			("validator", "validatorSelection.leaveIntent()") => {
				assert_ok!(ValidatorSelection::leave_intent(signed(VALIDATOR)));
			}
			("anybody", "validators.withdraw(validator)") => {
				let owner = Address::Id(account(VALIDATOR));
				assert_ok!(Validators::withdraw(signed(Ferdie), owner));
			}
			(who, call) => panic!("nobody knows how {who} does {call}"),
		}
	}
}

/// The keys with which the validator works now.
fn keys_at_work() -> Option<SessionKeys> {
	Session::queued_keys()
		.into_iter()
		.find_map(|(who, keys)| (who == account(VALIDATOR)).then_some(keys))
}

#[test]
fn a_validator_joins_with_a_bond_rotates_its_keys_and_leaves() {
	on_chain(|| {
		let before = free(VALIDATOR);
		play("Becoming a validator with a bond");
		assert!(is_validator(VALIDATOR));
		assert_eq!(held(VALIDATOR), candidacy_bond());
		let first = keys_at_work().expect("it works");
		assert!(both_know(&first));

		play("Rotating keys");
		let second = keys_at_work().expect("it still works");
		assert!(both_know(&second) && !both_know(&first));

		play("Leaving");
		assert!(!is_validator(VALIDATOR));
		assert!(!both_know(&second));
		assert_eq!(held(VALIDATOR), 0);
		assert_eq!(free(VALIDATOR), before, "everything is back");
	});
}

#[test]
fn a_validator_is_invited_and_sent_away() {
	on_chain(|| {
		play("Becoming a validator by invitation");
		assert!(!is_validator(VALIDATOR));
		// It had worked: its keys were among those who voted.
		let worked = pallet_validators::Voters::<Runtime>::iter_values()
			.any(|voters| voters.iter().any(|(who, _)| *who == account(VALIDATOR)));
		assert!(worked);
		assert_eq!(held(VALIDATOR), 0);
	});
}

#[test]
fn the_numbers_of_the_book_are_those_of_the_runtime() {
	on_chain(|| {
		assert!(BOOK.contains("the money waits for 1,010 sessions"));
		assert_eq!(waiting_time(), 1_010);
		assert!(BOOK.contains("a session, which has 300 blocks"));
		assert_eq!(SESSION, 300);
		assert!(BOOK.contains("at least 1,000 MDG"));
		assert_eq!(candidacy_bond(), 1_000 * madang_runtime_common::units::MDG);
		assert!(BOOK.contains("At most 20. No bond."));
		assert!(BOOK.contains("At most 80."));
		let invited = <Runtime as pallet_collator_selection::Config>::MaxInvulnerables::get();
		let bonded = <Runtime as pallet_collator_selection::Config>::MaxCandidates::get();
		assert_eq!((invited, bonded), (20, 80));
	});
}
