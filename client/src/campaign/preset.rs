//! Terms that follow a law, read from a file.
//!
//! The chain enforces numbers and nothing else: a preset says which numbers a law asks for, where they
//! stand, and what of the law no number on a chain can enforce. Amounts are in whole units of the
//! preset's currency, and stand for as many units of the asset that is collected.

use std::fmt::Write;

use madang_primitives::{
	attestation::InvestorClass,
	escrow::{
		Apathy, AssetKind, ClassLimit, Milestone, Policy, PolicyInput, Rules, Terms, MAX_CAP,
		MAX_CLASSES,
	},
	Balance,
};
use madang_runtime::{AccountId, BlockNumber, Hash};
use serde::Deserialize;
use sp_runtime::Permill;

use crate::money::Unit;

/// Blocks of a day on a chain that makes one every two seconds.
pub const DAY: BlockNumber = 43_200;

/// Hours of a day.
const HOURS: u32 = 24;

/// The presets that come with the program, by the name on the command line.
pub const PRESETS: [(&str, &str); 3] = [
	("reg-cf", include_str!("../../../presets/reg-cf.json")),
	("ecspr", include_str!("../../../presets/ecspr.json")),
	("kr", include_str!("../../../presets/kr.json")),
];

/// Why a preset cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody knows a preset of this name.
	#[error("there is no preset {name:?}; there are {known}, and any file can be named")]
	Unknown {
		/// The name.
		name: String,
		/// The names that there are.
		known: String,
	},
	/// The file is no JSON, or has other fields than a preset.
	#[error("the preset {name} is not written as it should be: {source}")]
	Malformed {
		/// Name or path of the preset.
		name: String,
		/// What is wrong.
		source: serde_json::Error,
	},
	/// The preset says something that cannot be.
	#[error("the preset {name}: {problem}")]
	Wrong {
		/// Name of the preset.
		name: String,
		/// What cannot be.
		problem: String,
	},
}

/// Terms that follow a law.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preset {
	/// What it is called.
	pub name: String,
	/// The law.
	pub law: String,
	/// Where the numbers stand.
	pub sources: Vec<Source>,
	/// The currency of its amounts, by its three letters.
	pub currency: String,
	/// The numbers for all investors.
	pub terms: Numbers,
	/// The numbers for each class of investors; everybody may invest when there are none.
	pub classes: Vec<Class>,
	/// What the law asks for and no number here can enforce.
	pub not_enforced: Vec<String>,
}

/// Where a number stands.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Source {
	/// What it says.
	pub what: String,
	/// Article, section or paragraph.
	#[serde(rename = "where")]
	pub place: String,
	/// The text.
	pub url: String,
}

/// The numbers for all investors.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Numbers {
	/// For how many days commitments are taken.
	pub period_days: Days,
	/// So many hours before the deadline the right to withdraw ends.
	pub lock_hours: u32,
	/// So many hours a commitment can be withdrawn in any case.
	pub cooling_off_hours: u32,
	/// Days to vote.
	pub voting_days: u32,
	/// Days in which those who were overruled can leave.
	pub grace_days: u32,
	/// Days after success in which positions do not change hands.
	pub lock_up_days: u32,
	/// Most that may be collected; no limit when left away.
	#[serde(default)]
	pub max_raise: Option<String>,
	/// Least share of the cap that the goal must be, as a fraction like `0.8`.
	#[serde(default)]
	pub goal_share_of_cap: Option<f64>,
}

/// Fewest and most days.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Days {
	/// Fewest.
	pub min: u32,
	/// Most; no limit when left away.
	#[serde(default)]
	pub max: Option<u32>,
}

/// What one class of investors may commit.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Class {
	/// The class, as the attester numbers it.
	pub class: InvestorClass,
	/// What it is called.
	pub name: String,
	/// Most that one person may commit in one campaign; no limit when left away.
	#[serde(default)]
	pub per_campaign: Option<String>,
	/// Most that one person may commit in twelve months; no limit when left away.
	#[serde(default)]
	pub per_year: Option<String>,
	/// What else is to be known.
	#[serde(default)]
	pub note: Option<String>,
}

/// What a founder asks for.
#[derive(Clone, Debug)]
pub struct Ask {
	/// The asset to collect.
	pub asset: AssetKind,
	/// How its amounts are written.
	pub unit: Unit,
	/// Most that is wanted, in whole units.
	pub raise: Balance,
	/// Days for which commitments are taken; as few as the preset allows when left away.
	pub period_days: Option<u32>,
	/// Smallest ticket, in whole units.
	pub min_ticket: Balance,
	/// Who vouches for investors.
	pub attester: AccountId,
	/// Blocks of a day.
	pub day: BlockNumber,
	/// Hash of the documents that the investors agree to.
	pub documents: Hash,
}

impl Preset {
	/// The preset of this name, or in this file.
	pub fn load(name: &str) -> Result<Self, Error> {
		if let Some((_, text)) = PRESETS.iter().find(|(known, _)| *known == name) {
			return Self::parse(name, text);
		}
		match std::fs::read_to_string(name) {
			Ok(text) => Self::parse(name, &text),
			Err(_) => Err(Error::Unknown {
				name: name.into(),
				known: PRESETS.map(|(known, _)| known).join(", "),
			}),
		}
	}

	/// Reads and checks a text.
	pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
		let preset: Self = serde_json::from_str(text).map_err(|source| Error::Malformed {
			name: name.into(),
			source,
		})?;
		preset.check()?;
		Ok(preset)
	}

	/// Fails at what cannot be.
	fn check(&self) -> Result<(), Error> {
		let Days { min, max } = self.terms.period_days;
		if min == 0 || max.is_some_and(|max| max < min) {
			return Err(self.wrong("`periodDays` has no day in it"));
		}
		if self.terms.voting_days == 0 || self.terms.grace_days == 0 {
			return Err(self.wrong("investors need a day to vote and a day to leave"));
		}
		if let Some(share) = self.terms.goal_share_of_cap {
			if !(share > 0.0 && share <= 1.0) {
				return Err(self.wrong("`goalShareOfCap` is a fraction, above 0 and at most 1"));
			}
		}
		if self.classes.len() > MAX_CLASSES as usize {
			return Err(self.wrong(&format!("a campaign admits at most {MAX_CLASSES} classes")));
		}
		for (index, class) in self.classes.iter().enumerate() {
			if self.classes[..index]
				.iter()
				.any(|other| other.class == class.class)
			{
				return Err(self.wrong(&format!("class {} is there twice", class.class)));
			}
		}
		// Every amount can be read, whatever the decimals of the asset are.
		let unit = Unit {
			symbol: self.currency.clone(),
			decimals: 0,
		};
		self.limits(&unit)?;
		self.limit(self.terms.max_raise.as_deref(), &unit)?;
		Ok(())
	}

	/// The terms and who may invest, as `create` takes them. The bond is a twentieth of the goal;
	/// the lock and the cooling-off are cut to full blocks upwards.
	pub fn terms(&self, ask: &Ask) -> Result<(Terms<BlockNumber>, PolicyInput<AccountId>), Error> {
		let numbers = &self.terms;
		let Days { min, max } = numbers.period_days;
		let days = ask.period_days.unwrap_or(min);
		if days < min || max.is_some_and(|max| days > max) {
			return Err(self.wrong(&match max {
				Some(max) => format!("commitments are taken for {min} to {max} days, not {days}"),
				None => format!("commitments are taken for at least {min} days, not {days}"),
			}));
		}
		let cap = self.scale(ask.raise, &ask.unit)?;
		let most = self.limit(numbers.max_raise.as_deref(), &ask.unit)?;
		if cap > most {
			return Err(self.wrong(&format!(
				"at most {} {} may be collected",
				ask.unit.format(most),
				self.currency
			)));
		}
		let goal = match numbers.goal_share_of_cap {
			// Upwards, so that a rounded share is never too small.
			Some(share) => Permill::from_float(share).mul_ceil(cap),
			None => cap / 2,
		};
		let terms = Terms {
			asset: ask.asset.clone(),
			goal,
			cap,
			min_ticket: self.scale(ask.min_ticket, &ask.unit)?,
			bond: Permill::from_percent(5).mul_ceil(goal),
			min_investors: 1,
			opens_after: 0,
			period: self.days(days, ask.day)?,
			lock: self.hours(numbers.lock_hours, ask.day)?,
			cooling_off: self.hours(numbers.cooling_off_hours, ask.day)?,
			voting: self.days(numbers.voting_days, ask.day)?,
			grace: self.days(numbers.grace_days, ask.day)?,
			lock_up: self.days(numbers.lock_up_days, ask.day)?,
			kickoff: Permill::zero(),
			on_apathy: Apathy::TacitApprove,
			documents: ask.documents,
		};
		let policy = if self.classes.is_empty() {
			Policy::Open
		} else {
			Policy::Attested {
				attester: ask.attester.clone(),
				limits: self.limits(&ask.unit)?,
				affiliates: Vec::new(),
			}
		};
		Ok((terms, policy))
	}

	/// What each class may commit.
	fn limits(&self, unit: &Unit) -> Result<Vec<ClassLimit>, Error> {
		self.classes
			.iter()
			.map(|class| {
				Ok(ClassLimit {
					class: class.class,
					per_campaign: self.limit(class.per_campaign.as_deref(), unit)?,
					per_year: self.limit(class.per_year.as_deref(), unit)?,
				})
			})
			.collect()
	}

	/// An amount of whole units in the smallest ones; as much as a campaign can collect when there is
	/// no limit.
	fn limit(&self, text: Option<&str>, unit: &Unit) -> Result<Balance, Error> {
		let Some(text) = text else {
			return Ok(MAX_CAP);
		};
		let whole = text
			.parse::<Balance>()
			.ok()
			.filter(|amount| *amount > 0)
			.ok_or_else(|| {
				self.wrong(&format!("{text:?} is no amount in whole {}", self.currency))
			})?;
		self.scale(whole, unit)
	}

	fn scale(&self, whole: Balance, unit: &Unit) -> Result<Balance, Error> {
		whole
			.checked_mul(unit.one())
			.filter(|amount| *amount <= MAX_CAP)
			.ok_or_else(|| self.wrong(&format!("{whole} {} do not fit", unit.symbol)))
	}

	fn days(&self, days: u32, day: BlockNumber) -> Result<BlockNumber, Error> {
		days.checked_mul(day)
			.ok_or_else(|| self.wrong(&format!("{days} days of {day} blocks do not fit")))
	}

	fn hours(&self, hours: u32, day: BlockNumber) -> Result<BlockNumber, Error> {
		hours
			.checked_mul(day)
			.map(|blocks| blocks.div_ceil(HOURS))
			.ok_or_else(|| self.wrong(&format!("{hours} hours of such days do not fit")))
	}

	fn wrong(&self, problem: &str) -> Error {
		Error::Wrong {
			name: self.name.clone(),
			problem: problem.into(),
		}
	}

	/// The preset for people.
	pub fn text(&self) -> String {
		let numbers = &self.terms;
		let currency = &self.currency;
		let limit = |text: &Option<String>| match text {
			Some(amount) => format!("{amount} {currency}"),
			None => "no limit".into(),
		};
		let mut text = format!("{}\n{}\n\n", self.name, self.law);
		let days = match numbers.period_days {
			Days { min, max: None } => format!("at least {min} days"),
			Days {
				min,
				max: Some(max),
			} => format!("{min} to {max} days"),
		};
		let mut rows = vec![
			("takes commitments for", days),
			("collects at most", limit(&numbers.max_raise)),
			(
				"withdrawals end",
				format!("{} hours before the deadline", numbers.lock_hours),
			),
			(
				"cooling-off",
				format!("{} hours", numbers.cooling_off_hours),
			),
			("voting", format!("{} days", numbers.voting_days)),
			("grace", format!("{} days", numbers.grace_days)),
			("lock-up", format!("{} days", numbers.lock_up_days)),
		];
		if let Some(share) = numbers.goal_share_of_cap {
			rows.push(("goal", format!("at least {share} of the cap")));
		}
		// Writing to a string does not fail.
		for (what, value) in rows {
			let _ = writeln!(text, "  {what:<22} {value}");
		}
		for class in &self.classes {
			let _ = writeln!(
				text,
				"  class {:<3} {:<12} {} in one campaign, {} in a year",
				class.class,
				class.name,
				limit(&class.per_campaign),
				limit(&class.per_year)
			);
			if let Some(note) = &class.note {
				let _ = writeln!(text, "            {note}");
			}
		}
		text.push_str("\nThe chain does not enforce:\n");
		for what in &self.not_enforced {
			let _ = writeln!(text, "  - {what}");
		}
		text.push_str("\nSources:\n");
		for Source { what, place, url } in &self.sources {
			let _ = writeln!(text, "  - {what}: {place}, {url}");
		}
		text
	}
}

/// One milestone for all of the money, due within `duration` blocks: enough for a draft.
pub fn one_milestone(duration: BlockNumber, promise: Hash) -> Vec<Milestone<BlockNumber>> {
	vec![Milestone {
		weight: 1,
		duration,
		promise,
	}]
}

/// What of some terms a chain's rules do not allow, in words.
pub fn refusals(terms: &Terms<BlockNumber>, rules: &Rules<BlockNumber>) -> Vec<String> {
	let ranges = [
		(
			"taking commitments",
			terms.period,
			rules.min_period,
			rules.max_period,
		),
		("voting", terms.voting, rules.min_voting, rules.max_voting),
		("grace", terms.grace, rules.min_grace, rules.max_grace),
		("the lock-up", terms.lock_up, 0, rules.max_lock_up),
	];
	ranges
		.into_iter()
		.filter(|(_, blocks, min, max)| blocks < min || blocks > max)
		.map(|(what, blocks, min, max)| {
			format!("{what} takes {blocks} blocks, and the chain allows {min} to {max}")
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	const SMALL: &str = r#"{
		"name": "Small law",
		"law": "An act about nothing",
		"sources": [{ "what": "the period", "where": "section 1", "url": "https://law.example" }],
		"currency": "USD",
		"terms": {
			"periodDays": { "min": 21, "max": 90 },
			"lockHours": 48,
			"coolingOffHours": 25,
			"votingDays": 14,
			"graceDays": 7,
			"lockUpDays": 365,
			"maxRaise": "5000000",
			"goalShareOfCap": 0.8
		},
		"classes": [
			{ "class": 0, "name": "retail", "perCampaign": "2500", "perYear": "5000", "note": "one" },
			{ "class": 1, "name": "professional" }
		],
		"notEnforced": ["what the documents say"]
	}"#;

	fn ask(raise: Balance, day: BlockNumber) -> Ask {
		Ask {
			asset: AssetKind::WithId(1),
			unit: Unit {
				symbol: "TUSD".into(),
				decimals: 6,
			},
			raise,
			period_days: None,
			min_ticket: 1,
			attester: [1; 32].into(),
			day,
			documents: Hash::repeat_byte(2),
		}
	}

	fn read(text: &str) -> Preset {
		Preset::parse("small", text).unwrap_or_else(|error| panic!("{error}"))
	}

	#[test]
	fn numbers_become_terms() {
		let (terms, policy) = read(SMALL)
			.terms(&ask(1_000_000, DAY))
			.unwrap_or_else(|error| panic!("{error}"));
		assert_eq!(terms.cap, 1_000_000_000_000);
		assert_eq!(terms.goal, 800_000_000_000);
		assert_eq!(terms.bond, 40_000_000_000);
		assert_eq!(terms.period, 21 * DAY);
		assert_eq!(terms.lock, 2 * DAY);
		assert_eq!(terms.lock_up, 365 * DAY);
		let Policy::Attested { limits, .. } = policy else {
			panic!("there are classes");
		};
		assert_eq!(limits[0].per_campaign, 2_500_000_000);
		assert_eq!(limits[0].per_year, 5_000_000_000);
		assert_eq!(limits[1].per_year, MAX_CAP);
	}

	#[test]
	fn short_days_round_hours_upwards() {
		let (terms, _) = read(SMALL)
			.terms(&ask(1_000, 1))
			.unwrap_or_else(|error| panic!("{error}"));
		assert_eq!((terms.period, terms.lock, terms.cooling_off), (21, 2, 2));
	}

	#[test]
	fn what_the_law_forbids_is_refused() {
		let preset = read(SMALL);
		assert!(preset.terms(&ask(5_000_000, DAY)).is_ok());
		assert!(preset.terms(&ask(5_000_001, DAY)).is_err());
		let days = |days: u32| {
			preset.terms(&Ask {
				period_days: Some(days),
				..ask(1_000, DAY)
			})
		};
		assert!(days(20).is_err() && days(91).is_err());
		assert!(days(21).is_ok() && days(90).is_ok());
	}

	#[test]
	fn what_is_not_written_as_it_should_be_is_refused() {
		for (from, to) in [
			(r#""currency""#, r#""coin""#),
			(r#""min": 21"#, r#""min": 0"#),
			(r#""max": 90"#, r#""max": 20"#),
			(r#""2500""#, r#""2,500""#),
			(r#""2500""#, r#""0""#),
			(r#""class": 1"#, r#""class": 0"#),
			("0.8", "80"),
			(r#""votingDays": 14"#, r#""votingDays": 0"#),
		] {
			assert!(SMALL.contains(from), "{from}");
			let text = SMALL.replacen(from, to, 1);
			assert!(Preset::parse("small", &text).is_err(), "{to}");
		}
	}

	#[test]
	fn every_preset_can_be_read_and_used() {
		for (name, text) in PRESETS {
			let preset =
				Preset::parse(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
			assert!(!preset.sources.is_empty(), "{name} has no source");
			assert!(
				!preset.not_enforced.is_empty(),
				"{name} enforces everything"
			);
			let wanted = [DAY, 1].map(|day| ask(10_000, day));
			for ask in wanted {
				let (terms, policy) = preset
					.terms(&ask)
					.unwrap_or_else(|error| panic!("{name}: {error}"));
				assert!(terms.goal > 0 && terms.goal <= terms.cap, "{name}");
				assert!(terms.lock <= terms.period, "{name}");
				assert!(terms.cooling_off <= terms.period, "{name}");
				assert!(terms.bond * 50 >= terms.goal, "{name}");
				if let Policy::Attested { limits, .. } = policy {
					assert_eq!(limits.len(), preset.classes.len());
					assert!(limits.iter().all(|limit| limit.per_campaign > 0));
				}
			}
			let shown = preset.text();
			assert!(shown.contains(&preset.law) && shown.contains(&preset.sources[0].url));
		}
	}

	#[test]
	fn presets_are_found_by_name() {
		for (name, _) in PRESETS {
			assert!(Preset::load(name).is_ok(), "{name}");
		}
		assert!(matches!(
			Preset::load("no-such-law"),
			Err(Error::Unknown { .. })
		));
	}

	#[test]
	fn rules_of_the_chain_are_told() {
		let (terms, _) = read(SMALL)
			.terms(&ask(1_000, DAY))
			.unwrap_or_else(|error| panic!("{error}"));
		let mut rules = Rules {
			max_opens_after: 0,
			min_period: 10 * DAY,
			max_period: 90 * DAY,
			reconfirm: 1,
			early_close_notice: 1,
			min_voting: 3 * DAY,
			max_voting: 30 * DAY,
			min_grace: 7 * DAY,
			max_grace: 30 * DAY,
			max_duration: 1,
			due_grace: 1,
			resubmit_pause: 1,
			max_dispute: 1,
			dispute_pause: 1,
			petition: 1,
			no_confidence_pause: 1,
			max_lock_up: 730 * DAY,
		};
		assert_eq!(refusals(&terms, &rules), Vec::<String>::new());
		rules.max_voting = 100;
		assert_eq!(refusals(&terms, &rules).len(), 1);
	}
}
