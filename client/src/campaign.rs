//! Plays funding campaigns to their end and accounts for every unit of their money.
//!
//! - [`script`]: who wants how much, who gives it, and how it ends.
//! - [`player`]: plays scripts on a chain, with accounts that nobody has used before.
//! - [`statement`]: where every unit went, from balances that were read from the chain, compared with
//!   what the chain itself says of the campaign.
//! - [`chart`]: draws the money of a campaign over time.
//! - [`preset`]: terms that follow a law, read from a file.
//! - [`calls`] builds the calls, [`answers`] reads what `escrow_*` answers.

pub mod answers;
pub mod calls;
pub mod chart;
pub mod player;
pub mod preset;
pub mod script;
pub mod statement;

use sp_core::{sr25519, Pair};

use crate::chain::{self, account_of};
use madang_runtime::AccountId;

/// Why a campaign was not played to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// A transaction or a query failed.
	#[error("{campaign}: cannot {step}: {source}")]
	Step {
		/// The campaign.
		campaign: String,
		/// What was to be done.
		step: String,
		/// What happened instead.
		source: Box<chain::Error>,
	},
	/// The chain did something else than the script expects.
	#[error("{campaign}: {problem}")]
	Unexpected {
		/// The campaign.
		campaign: String,
		/// What is not as it should be.
		problem: String,
	},
}

/// Tells at which campaign and at what a transaction or a query failed.
pub fn failed<'a>(campaign: &'a str, step: &'a str) -> impl FnOnce(chain::Error) -> Error + 'a {
	move |source| Error::Step {
		campaign: campaign.into(),
		step: step.into(),
		source: Box::new(source),
	}
}

/// Tells what is not as it should be.
pub fn unexpected(campaign: &str, problem: impl Into<String>) -> Error {
	Error::Unexpected {
		campaign: campaign.into(),
		problem: problem.into(),
	}
}

/// Somebody who takes part.
#[derive(Clone)]
pub struct Person {
	/// How people call it.
	pub name: String,
	/// Its key.
	pub pair: sr25519::Pair,
	/// Its account.
	pub account: AccountId,
}

impl Person {
	/// The person with this key; a seed is a phrase or a derivation like `//Alice`.
	pub fn new(name: &str, seed: &str) -> Result<Self, Error> {
		let pair = sr25519::Pair::from_string(seed, None).map_err(|_| {
			unexpected(
				name,
				format!("{seed:?} is neither a phrase nor a derivation like //Alice"),
			)
		})?;
		Ok(Self {
			name: name.into(),
			account: account_of(&pair),
			pair,
		})
	}
}
