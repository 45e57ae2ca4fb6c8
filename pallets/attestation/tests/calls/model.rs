//! Random lives of the registry against a naive model that keeps a list of everything.

use std::collections::BTreeMap;

use crate::support::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	/// Attester, account, person.
	Attest(usize, usize, u8),
	/// Attester, account.
	Revoke(usize, usize),
	/// Attester, account.
	Renounce(usize, usize),
	/// Attester, person, asset, amount.
	Note(usize, u8, u32, Balance),
	/// Which commitment of those that there are, and how much of it.
	Forget(usize, Balance),
	/// Months that go by.
	Pass(Month),
}

struct Commitment {
	attester: usize,
	person: u8,
	asset: u32,
	month: Month,
	amount: Balance,
}

#[derive(Default)]
struct Model {
	/// The person whom an attester sees in an account.
	people: BTreeMap<(usize, usize), u8>,
	commitments: Vec<Commitment>,
}

impl Model {
	fn may_attest(&self, attester: usize, who: usize, person: u8) -> bool {
		self.people
			.iter()
			.filter(|((by, _), _)| *by == attester)
			.all(|((_, account), of)| (*account == who) == (*of == person))
	}

	fn used(&self, attester: usize, person: u8, asset: u32, now: Month) -> Balance {
		self.commitments
			.iter()
			.filter(|c| (c.attester, c.person, c.asset) == (attester, person, asset))
			.filter(|c| c.month + MONTHS > now)
			.map(|c| c.amount)
			.sum()
	}
}

fn account(number: usize) -> AccountId {
	people()[number].clone()
}

fn take(model: &mut Model, step: Step) {
	match step {
		Step::Attest(attester, who, of) => {
			let may = model.may_attest(attester, who, of);
			let done = attest(account(attester), account(who), person(of));
			assert_eq!(done.is_ok(), may, "{done:?}");
			if may {
				model.people.insert((attester, who), of);
			}
		}
		Step::Revoke(attester, who) => {
			let there = model.people.remove(&(attester, who)).is_some();
			let done = revoke(account(attester), account(who));
			assert_eq!(done.is_ok(), there, "{done:?}");
		}
		Step::Renounce(attester, who) => {
			let there = model.people.remove(&(attester, who)).is_some();
			let done = renounce(account(who), account(attester));
			assert_eq!(done.is_ok(), there, "{done:?}");
		}
		Step::Note(attester, of, asset, amount) => {
			let now = month();
			let asset_kind = AssetKind::WithId(asset);
			assert_eq!(
				note(account(attester), person(of), asset_kind, amount),
				Ok(now)
			);
			model.commitments.push(Commitment {
				attester,
				person: of,
				asset,
				month: now,
				amount,
			});
		}
		Step::Forget(which, amount) => {
			let count = model.commitments.len();
			if count == 0 {
				return;
			}
			let commitment = &mut model.commitments[which % count];
			let amount = amount.min(commitment.amount);
			commitment.amount -= amount;
			forget(
				account(commitment.attester),
				person(commitment.person),
				AssetKind::WithId(commitment.asset),
				commitment.month,
				amount,
			);
		}
		Step::Pass(months) => enter(month() + months),
	}
}

fn compare(model: &Model, price: Balance) {
	for attester in 0..2 {
		let attested = model.people.keys().filter(|(by, _)| *by == attester);
		assert_eq!(
			deposit(&account(attester)),
			attested.count() as Balance * price
		);
		for who in 0..4 {
			assert_eq!(
				said(account(attester), account(who)).map(|said| said.subject),
				model.people.get(&(attester, who)).map(|of| person(*of))
			);
		}
		for (of, asset) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
			assert_eq!(
				used(account(attester), person(of), AssetKind::WithId(asset)),
				model.used(attester, of, asset, month())
			);
		}
	}
}

fn lives() -> impl Strategy<Value = Vec<Step>> {
	let (attester, who, of, asset) = (0usize..2, 0usize..4, 0u8..3, 0u32..2);
	let step = prop_oneof![
		4 => (attester.clone(), who.clone(), of.clone()).prop_map(|(a, w, p)| Step::Attest(a, w, p)),
		1 => (attester.clone(), who.clone()).prop_map(|(a, w)| Step::Revoke(a, w)),
		1 => (attester.clone(), who).prop_map(|(a, w)| Step::Renounce(a, w)),
		6 => (attester, of, asset, 0u128..1_000).prop_map(|(a, p, k, n)| Step::Note(a, p, k, n)),
		3 => (any::<usize>(), 0u128..1_000).prop_map(|(which, n)| Step::Forget(which, n)),
		3 => (1u16..5).prop_map(Step::Pass),
		1 => (1u16..40).prop_map(Step::Pass),
	];
	prop::collection::vec(step, 1..60)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn the_registry_does_what_the_model_does(steps in lives()) {
		build_and_execute(|| {
			enter(FIRST);
			let price = price();
			let mut model = Model::default();
			for step in steps {
				take(&mut model, step);
				check_state();
				compare(&model, price);
			}
		});
	}
}
