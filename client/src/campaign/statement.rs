//! Where every unit of a campaign's money went.
//!
//! What people, the startup and the pot have more or less is the difference of balances that were read
//! from the chain, free and held together; fees for transactions, which are paid in the native token,
//! are added back and shown apart. Only the network's share is taken from events, because the treasury
//! has other income too. If one of these numbers were wrong, the sum would not be zero. It is compared,
//! besides, with what the chain itself says of the campaign.

use std::fmt::Write;

use madang_primitives::{escrow::CampaignId, Balance};

use super::answers::Campaign;
use crate::{chain::Purse, money::Unit};

/// Why money moved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
	/// An investor put it in.
	Commitment,
	/// An investor who was overruled left with it.
	Exit,
	/// It came back because the campaign failed.
	Refund,
	/// It is a share of what was left.
	Claim,
	/// The founder put it at stake.
	Bond,
	/// It came back to the founder.
	BondBack,
	/// It keeps the pot alive until the campaign is closed.
	LeastBalance,
	/// It was paid to the startup.
	Release,
}

impl Reason {
	/// The reason in words.
	pub fn words(self) -> &'static str {
		match self {
			Self::Commitment => "put in",
			Self::Exit => "left with, overruled",
			Self::Refund => "got back, all of it",
			Self::Claim => "claimed of what was left",
			Self::Bond => "put at stake",
			Self::BondBack => "got back of the bond",
			Self::LeastBalance => "paid to keep the pot alive",
			Self::Release => "was paid in tranches",
		}
	}
}

/// Money that moved: less for whom it belongs to when negative.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Flow {
	/// Why.
	pub reason: Reason,
	/// How much.
	pub amount: i128,
}

/// Somebody whose money moved.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Party {
	/// Name and role.
	pub name: String,
	/// What was seen to move, one transaction at a time.
	pub flows: Vec<Flow>,
	/// What it has more or less in the end, fees for transactions apart.
	pub net: i128,
	/// What it paid in fees for transactions, in the native token.
	pub transaction_fees: Balance,
}

/// The books of one campaign.
#[derive(Clone, Debug)]
pub struct Statement {
	/// Its name.
	pub name: String,
	/// Its id.
	pub id: CampaignId,
	/// How its amounts are written.
	pub unit: Unit,
	/// Investors, founder and startup.
	pub parties: Vec<Party>,
	/// The network's share of what was released, from events.
	pub network: Balance,
	/// What was in the pot before the campaign was opened.
	pub pot_before: Purse,
	/// What is left in the pot.
	pub pot: Purse,
	/// What the chain says of the campaign.
	pub told: Campaign,
}

impl Statement {
	/// The sum of what everybody has more or less, which must be zero.
	pub fn sum(&self) -> i128 {
		let parties: i128 = self.parties.iter().map(|party| party.net).sum();
		parties + self.in_pot() + signed(self.network)
	}

	/// What the pot has more than before.
	fn in_pot(&self) -> i128 {
		signed(self.pot.total()) - signed(self.pot_before.total())
	}

	/// Everything that moved for one reason.
	fn total(&self, reason: Reason) -> i128 {
		self.parties
			.iter()
			.flat_map(|party| &party.flows)
			.filter(|flow| flow.reason == reason)
			.map(|flow| flow.amount)
			.sum()
	}

	/// What does not add up, in words. Nothing, if all is well.
	pub fn problems(&self) -> Vec<String> {
		let mut problems = Vec::new();
		if self.sum() != 0 {
			problems.push(format!(
				"the sum is {} and not zero",
				self.unit.format_change(self.sum())
			));
		}
		for party in &self.parties {
			let flows: i128 = party.flows.iter().map(|flow| flow.amount).sum();
			if flows != party.net {
				problems.push(format!(
					"{} has {} in the end, but {} was seen to move",
					party.name,
					self.unit.format_change(party.net),
					self.unit.format_change(flows)
				));
			}
		}
		let told = &self.told.money;
		let at_stake = -self.total(Reason::Bond);
		let back = self.total(Reason::BondBack);
		let lost = told.bond_slashed.saturating_add(told.bond_to_treasury);
		let slashed = at_stake - back - signed(self.told.bond);
		let pot = [self.told.pool, self.told.stale, self.told.bond];
		let pot = pot.into_iter().fold(0, Balance::saturating_add);
		for (what, found, told) in [
			("put in", -self.total(Reason::Commitment), told.committed),
			("withdrawn", 0, told.withdrawn),
			("released", self.total(Reason::Release), told.released),
			("network fees", signed(self.network), told.fees),
			("exits", self.total(Reason::Exit), told.exited),
			("refunds", self.total(Reason::Refund), told.refunded),
			("claims", self.total(Reason::Claim), told.claimed),
			("bond put at stake", at_stake, told.bond_deposited),
			("bond returned", back, told.bond_returned),
			("bond lost", slashed, lost),
			("held in the pot", signed(self.pot.held), pot),
		] {
			if found != signed(told) {
				problems.push(format!(
					"{what}: the balances say {}, escrow_campaign says {}",
					self.unit.format_change(found),
					self.unit.format(told)
				));
			}
		}
		let sum = |amounts: &[Balance]| amounts.iter().copied().map(signed).sum::<i128>();
		let came = sum(&[told.committed, told.bond_slashed, told.dispute_slashed]);
		let went = sum(&[
			told.withdrawn,
			told.refunded,
			told.released,
			told.fees,
			told.exited,
			told.claimed,
			self.told.pool,
			self.told.stale,
		]);
		if came != went {
			problems.push(format!(
				"escrow_campaign says that {} came and {} went or is left",
				self.unit.format_change(came),
				self.unit.format_change(went)
			));
		}
		problems
	}

	/// The statement for people.
	pub fn text(&self) -> String {
		let mut text = format!(
			"{}: campaign {}, amounts in {}; + got, - gave\n",
			self.name, self.id, self.unit.symbol
		);
		let mut line = |who: &str, what: &str, amount: i128| {
			// Writing to a string does not fail.
			let _ = writeln!(
				text,
				"  {who:<22} {what:<28} {:>20}",
				self.unit.format_change(amount)
			);
		};
		for party in &self.parties {
			for (index, flow) in party.flows.iter().enumerate() {
				let who = if index == 0 { party.name.as_str() } else { "" };
				line(who, flow.reason.words(), flow.amount);
			}
		}
		line("network", "share of releases", signed(self.network));
		line("pot", "held for investors and bond", signed(self.pot.held));
		line(
			"",
			"least balance",
			self.in_pot() - signed(self.pot.held) + signed(self.pot_before.held),
		);
		line("sum", "", self.sum());
		let told = &self.told.money;
		let _ = writeln!(
			text,
			"  of the founder's bond of {}: {} returned, {} to the investors, {} to the treasury",
			self.unit.format(told.bond_deposited),
			self.unit.format(told.bond_returned),
			self.unit.format(told.bond_slashed),
			self.unit.format(told.bond_to_treasury)
		);
		let fees = self.parties.iter().fold(0, |sum: Balance, party| {
			sum.saturating_add(party.transaction_fees)
		});
		let _ = writeln!(
			text,
			"  not in it: {} MDG for transactions of investors and founder; storage deposits stay in the \
			 accounts of their owners",
			Unit::native().format(fees)
		);
		match self.problems().as_slice() {
			[] => text.push_str("  agrees with escrow_campaign to the last unit\n"),
			problems => {
				for problem in problems {
					let _ = writeln!(text, "  WRONG: {problem}");
				}
			}
		}
		text
	}
}

/// An amount that can be taken from another one. None is ever too large for it: a campaign collects
/// at most an eighth of what its type holds.
pub fn signed(amount: Balance) -> i128 {
	i128::try_from(amount).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::campaign::answers::{Moment, Money};
	use madang_primitives::escrow::Phase;

	fn flow(reason: Reason, amount: i128) -> Flow {
		Flow { reason, amount }
	}

	fn party(name: &str, flows: Vec<Flow>) -> Party {
		Party {
			name: name.into(),
			net: flows.iter().map(|flow| flow.amount).sum(),
			flows,
			transaction_fees: 7,
		}
	}

	/// 1,000 are put in; 490 are paid, 10 are the fee; 515 are claimed, of which 15 are the bond.
	fn vanished() -> Statement {
		Statement {
			name: "vanishes".into(),
			id: 3,
			unit: Unit {
				symbol: "TUSD".into(),
				decimals: 2,
			},
			parties: vec![
				party(
					"Nari",
					vec![flow(Reason::Commitment, -1_000), flow(Reason::Claim, 515)],
				),
				party(
					"Gyu",
					vec![flow(Reason::Bond, -15), flow(Reason::LeastBalance, -1)],
				),
				party("startup", vec![flow(Reason::Release, 490)]),
			],
			network: 10,
			pot_before: Purse::default(),
			pot: Purse { free: 1, held: 0 },
			told: Campaign {
				id: 3,
				metaverse: 5,
				beneficiary: [1; 32].into(),
				pot: [2; 32].into(),
				phase: Phase::WindDown,
				now: Moment { block: 9 },
				version: 1,
				terms_hash: Default::default(),
				pool: 0,
				stale: 0,
				bond: 0,
				money: Money {
					committed: 1_000,
					released: 490,
					fees: 10,
					claimed: 515,
					bond_deposited: 15,
					bond_slashed: 15,
					..Money::default()
				},
				positions: 0,
				next_milestone: 1,
			},
		}
	}

	#[test]
	fn a_true_statement_sums_to_zero() {
		let statement = vanished();
		assert_eq!(statement.sum(), 0);
		assert_eq!(statement.problems(), Vec::<String>::new());
		let text = statement.text();
		assert!(text.contains("put in") && text.contains("-10"), "{text}");
		assert!(text.contains("agrees with escrow_campaign"), "{text}");
	}

	#[test]
	fn a_unit_too_many_is_found_wherever_it_is() {
		let changes: [fn(&mut Statement); 6] = [
			|statement| statement.network += 1,
			|statement| statement.pot.held += 1,
			|statement| statement.parties[0].net += 1,
			|statement| statement.parties[1].flows[0].amount -= 1,
			|statement| statement.told.money.released += 1,
			|statement| statement.told.pool += 1,
		];
		for change in changes {
			let mut statement = vanished();
			change(&mut statement);
			assert!(!statement.problems().is_empty());
			assert!(statement.text().contains("WRONG"));
		}
	}
}
