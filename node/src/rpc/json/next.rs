//! What may happen next in a campaign: for programs, and as a sentence for people.

use madang_primitives::escrow::{Action, Actor, Instant, NextStep};
use madang_runtime::BlockNumber;
use serde::Serialize;

use super::escrow::Moment;

/// Milliseconds of a second.
const SECOND: u64 = 1_000;
/// Milliseconds of a minute.
const MINUTE: u64 = 60 * SECOND;
/// Milliseconds of an hour.
const HOUR: u64 = 60 * MINUTE;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

/// One thing that may happen next, by whom and when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
	/// What.
	pub action: &'static str,
	/// The call of `pallet-escrow` that does it.
	pub call: &'static str,
	/// Who may do it.
	pub actor: &'static str,
	/// Not before then; at once when there is nothing.
	pub from: Option<Moment>,
	/// Not from then on; no end when there is nothing.
	pub until: Option<Moment>,
	/// All of it as a sentence.
	pub says: String,
}

impl Next {
	/// Shows a step to somebody whose clock says `now`.
	pub fn new(step: NextStep<BlockNumber>, now: &Instant<BlockNumber>) -> Self {
		Self {
			action: action(step.action),
			call: call(step.action, step.actor),
			actor: actor(step.actor),
			from: step.from.map(Into::into),
			until: step.until.map(Into::into),
			says: sentence(step, now),
		}
	}
}

/// The name of an action.
const fn action(action: Action) -> &'static str {
	match action {
		Action::Open => "open",
		Action::Discard => "discard",
		Action::Commit => "commit",
		Action::Withdraw => "withdraw",
		Action::Amend => "amend",
		Action::Reconfirm => "reconfirm",
		Action::AnnounceEarlyClose => "announceEarlyClose",
		Action::Cancel => "cancel",
		Action::Activate => "activate",
		Action::Fail => "fail",
		Action::SubmitMilestone => "submitMilestone",
		Action::RequestExtension => "requestExtension",
		Action::Vote => "vote",
		Action::Settle => "settle",
		Action::Exit => "exit",
		Action::Release => "release",
		Action::WindDown => "windDown",
		Action::Abandon => "abandon",
		Action::RaiseDispute => "raiseDispute",
		Action::ResolveDispute => "resolveDispute",
		Action::CallNoConfidence => "callNoConfidence",
		Action::Refund => "refund",
		Action::Claim => "claim",
		Action::MintReceipt => "mintReceipt",
		Action::TransferPosition => "transferPosition",
		Action::DepositRevenue => "depositRevenue",
		Action::ClaimRevenue => "claimRevenue",
		Action::Close => "close",
		Action::ReturnBond => "returnBond",
	}
}

/// The call that does it. Somebody who is not the owner claims with a call of its own.
const fn call(action: Action, actor: Actor) -> &'static str {
	match (action, actor) {
		(Action::Open, _) => "open",
		(Action::Discard, _) => "discard",
		(Action::Commit, _) => "commit",
		(Action::Withdraw, _) => "withdraw",
		(Action::Amend, _) => "amend",
		(Action::Reconfirm, _) => "reconfirm",
		(Action::AnnounceEarlyClose, _) => "announce_early_close",
		(Action::Cancel, _) => "cancel",
		(
			Action::Activate
			| Action::Fail
			| Action::Settle
			| Action::Release
			| Action::WindDown
			| Action::ReturnBond,
			_,
		) => "advance",
		(Action::SubmitMilestone, _) => "submit_milestone",
		(Action::RequestExtension, _) => "request_extension",
		(Action::Vote, _) => "vote",
		(Action::Exit, _) => "exit",
		(Action::Abandon, _) => "abandon",
		(Action::RaiseDispute, _) => "raise_dispute",
		(Action::ResolveDispute, _) => "resolve_dispute",
		(Action::CallNoConfidence, _) => "call_no_confidence",
		(Action::Refund | Action::Claim, Actor::Anyone) => "claim_for",
		(Action::Refund | Action::Claim, _) => "claim",
		(Action::MintReceipt, _) => "mint_receipt",
		(Action::TransferPosition, _) => "transfer_position",
		(Action::DepositRevenue, _) => "deposit_revenue",
		(Action::ClaimRevenue, _) => "claim_revenue",
		(Action::Close, _) => "close",
	}
}

/// The name of an actor.
const fn actor(actor: Actor) -> &'static str {
	match actor {
		Actor::Anyone => "anyone",
		Actor::Founder => "founder",
		Actor::Investor => "investor",
		Actor::PositionOwner => "positionOwner",
		Actor::NoVoter => "noVoter",
		Actor::NotYesVoter => "notYesVoter",
		Actor::StaleOwner => "staleOwner",
		Actor::Arbiter => "arbiter",
		Actor::Guardian => "guardian",
		Actor::CoolingOff => "coolingOff",
	}
}

/// An actor in words.
const fn who(actor: Actor) -> &'static str {
	match actor {
		Actor::Anyone => "anyone",
		Actor::Founder => "the founder",
		Actor::Investor => "an investor whom the policy admits",
		Actor::PositionOwner => "the owner of a position",
		Actor::NoVoter => "the owner of a position that voted no",
		Actor::NotYesVoter => "the owner of a position that did not vote yes",
		Actor::StaleOwner => "the owner of a position who has not agreed to the present terms",
		Actor::Arbiter => "the network's arbiter",
		Actor::Guardian => "the network's guardian",
		Actor::CoolingOff => "the owner of a position whose cooling-off is not over",
	}
}

/// What comes of an action, in words.
const fn effect(action: Action) -> &'static str {
	match action {
		Action::Open => {
			"the bond goes on hold, and the campaign takes commitments as the terms say"
		}
		Action::Discard => "the draft is thrown away, and its storage deposit comes back",
		Action::Commit => "what the cap and the limits leave of the ticket goes into the campaign",
		Action::Withdraw => "the money that the owner asks for comes back without a fee",
		Action::Amend => {
			"the terms change, and whoever does not agree to the new ones can take the money back"
		}
		Action::Reconfirm => {
			"the owner agrees to the changed terms, and the money counts for the goal again"
		}
		Action::AnnounceEarlyClose => "the deadline comes earlier",
		Action::Cancel => "the campaign fails, and everybody can take everything back",
		Action::Activate => "the campaign becomes active",
		Action::Fail => "the campaign fails, and everybody can take everything back",
		Action::SubmitMilestone => {
			"the investors are shown what was done for the next milestone, and vote on it"
		}
		Action::RequestExtension => "the investors vote on more time for the next milestone",
		Action::Vote => "the units of the position count for or against",
		Action::Settle => "the result of the vote takes effect, and nothing is paid",
		Action::Exit => {
			"the owner leaves with a share of everything that has not been paid to the startup"
		}
		Action::Release => "the tranche is paid to the startup",
		Action::WindDown => "the campaign is wound down, and what is left belongs to the investors",
		Action::Abandon => "the campaign is given up, and what is left belongs to the investors",
		Action::RaiseDispute => {
			"nothing is paid until the arbiter has decided or the dispute has run out"
		}
		Action::ResolveDispute => "the dispute ends as the ruling says",
		Action::CallNoConfidence => {
			"the position asks for a vote of no confidence, which begins once enough have asked"
		}
		Action::Refund => "everything that the position put in comes back",
		Action::Claim => "the position is paid its share of what is left",
		Action::MintReceipt => "the position gets its receipt",
		Action::TransferPosition => "the position goes to somebody else",
		Action::DepositRevenue => "the units share what is paid in",
		Action::ClaimRevenue => "the position is paid its share of the revenue",
		Action::Close => "the campaign is removed, and its storage deposit comes back",
		Action::ReturnBond => "a bond goes back that could not be received before",
	}
}

/// A step in words. What has begun already is told without its beginning.
fn sentence(step: NextStep<BlockNumber>, now: &Instant<BlockNumber>) -> String {
	let who = who(step.actor);
	let call = call(step.action, step.actor);
	let effect = effect(step.action);
	let from = step.from.filter(|from| !from.has_come(now));
	let when = match (from, step.until) {
		(None, None) => "From now on".into(),
		(Some(from), None) => format!("From {} on", moment(&from)),
		(None, Some(until)) => format!("Until {}", moment(&until)),
		(Some(from), Some(until)) => {
			format!("From {} until {}", moment(&from), moment(&until))
		}
	};
	format!("{when}, {who} can call `{call}`: {effect}.")
}

/// A moment in words.
fn moment(instant: &Instant<BlockNumber>) -> String {
	format!("block {} and {}", instant.block, date(instant.time))
}

/// Milliseconds since 1970 as a date and a time of day in UTC, as ISO 8601 writes them.
fn date(millis: u64) -> String {
	let (year, month, day) = calendar(millis / DAY);
	let (hour, minute) = (millis % DAY / HOUR, millis % HOUR / MINUTE);
	let second = millis % MINUTE / SECOND;
	let fraction = match millis % SECOND {
		0 => String::new(),
		rest => format!(".{rest:03}"),
	};
	format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// Year, month and day of the day that comes so many days after the first of January 1970.
const fn calendar(days: u64) -> (u64, u64, u64) {
	// Years are counted from March on: the leap day is their last, and does not shift the others.
	const FROM_MARCH_OF_YEAR_0: u64 = 719_468;
	const FOUR_YEARS: u64 = 4 * 365 + 1;
	const CENTURY: u64 = 25 * FOUR_YEARS - 1;
	const FOUR_CENTURIES: u64 = 4 * CENTURY + 1;
	const FIVE_MONTHS: u64 = 153;

	let days = days + FROM_MARCH_OF_YEAR_0;
	let (cycle, day) = (days / FOUR_CENTURIES, days % FOUR_CENTURIES);
	// The last day of four centuries, and that of four years, still belong to the year before.
	let century = if day / CENTURY < 4 { day / CENTURY } else { 3 };
	let day = day - century * CENTURY;
	let (leap, day) = (day / FOUR_YEARS, day % FOUR_YEARS);
	let year = if day / 365 < 4 { day / 365 } else { 3 };
	let day = day - year * 365;

	// Five months in a row have 153 days, from March on and from August on.
	let month = (5 * day + 2) / FIVE_MONTHS;
	let day = day - (FIVE_MONTHS * month + 2) / 5 + 1;
	let year = 400 * cycle + 100 * century + 4 * leap + year;
	if month < 10 {
		(year, month + 3, day)
	} else {
		(year + 1, month - 9, day)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};
	use std::collections::BTreeSet;

	/// 2026-01-05T10:00:00Z.
	const TEN: u64 = 1_767_607_200_000;

	const ACTIONS: [Action; 29] = [
		Action::Open,
		Action::Discard,
		Action::Commit,
		Action::Withdraw,
		Action::Amend,
		Action::Reconfirm,
		Action::AnnounceEarlyClose,
		Action::Cancel,
		Action::Activate,
		Action::Fail,
		Action::SubmitMilestone,
		Action::RequestExtension,
		Action::Vote,
		Action::Settle,
		Action::Exit,
		Action::Release,
		Action::WindDown,
		Action::Abandon,
		Action::RaiseDispute,
		Action::ResolveDispute,
		Action::CallNoConfidence,
		Action::Refund,
		Action::Claim,
		Action::MintReceipt,
		Action::TransferPosition,
		Action::DepositRevenue,
		Action::ClaimRevenue,
		Action::Close,
		Action::ReturnBond,
	];

	const ACTORS: [Actor; 10] = [
		Actor::Anyone,
		Actor::Founder,
		Actor::Investor,
		Actor::PositionOwner,
		Actor::NoVoter,
		Actor::NotYesVoter,
		Actor::StaleOwner,
		Actor::Arbiter,
		Actor::Guardian,
		Actor::CoolingOff,
	];

	fn at(block: BlockNumber, time: u64) -> Instant<BlockNumber> {
		Instant { block, time }
	}

	fn step(
		from: Option<Instant<BlockNumber>>,
		until: Option<Instant<BlockNumber>>,
	) -> NextStep<BlockNumber> {
		NextStep {
			action: Action::Activate,
			actor: Actor::Anyone,
			from,
			until,
		}
	}

	#[test]
	fn a_step_has_every_key() {
		let step = step(Some(at(1_200, TEN)), None);
		assert_eq!(
			to_value(Next::new(step, &at(7, 0))).expect("this is JSON"),
			json!({
				"action": "activate",
				"call": "advance",
				"actor": "anyone",
				"from": { "block": 1200, "time": TEN },
				"until": null,
				"says": "From block 1200 and 2026-01-05T10:00:00Z on, anyone can call `advance`: \
						 the campaign becomes active.",
			})
		);
	}

	#[test]
	fn a_sentence_says_when() {
		let (early, late) = (at(1_200, TEN), at(1_230, TEN + 60_000));
		let says = |from, until, now| {
			let says = sentence(step(from, until), &now);
			says.split_once(',').expect("it has a comma").0.to_string()
		};
		let before = at(0, 0);
		assert_eq!(says(None, None, before), "From now on");
		assert_eq!(
			says(None, Some(late), before),
			"Until block 1230 and 2026-01-05T10:01:00Z"
		);
		assert_eq!(
			says(Some(early), Some(late), before),
			"From block 1200 and 2026-01-05T10:00:00Z until block 1230 and 2026-01-05T10:01:00Z"
		);
		// It has begun once both have come, and not before.
		assert_eq!(
			says(Some(early), None, at(1_200, TEN - 1)),
			"From block 1200 and 2026-01-05T10:00:00Z on"
		);
		assert_eq!(says(Some(early), None, early), "From now on");
	}

	#[test]
	fn every_action_has_names_and_words_of_its_own() {
		let names: BTreeSet<_> = ACTIONS.into_iter().map(action).collect();
		assert_eq!(names.len(), ACTIONS.len());
		let actors: BTreeSet<_> = ACTORS.into_iter().map(actor).collect();
		assert_eq!(actors.len(), ACTORS.len());
		let people: BTreeSet<_> = ACTORS.into_iter().map(who).collect();
		assert_eq!(people.len(), ACTORS.len());

		for action in ACTIONS {
			for actor in ACTORS {
				let step = NextStep {
					action,
					actor,
					from: None,
					until: None,
				};
				let says = sentence(step, &at(0, 0));
				assert!(says.contains(who(actor)), "{says}");
				assert!(
					says.contains(&format!("`{}`", call(action, actor))),
					"{says}"
				);
				assert!(says.ends_with('.') && !says.contains("  "), "{says}");
			}
		}
	}

	#[test]
	fn others_claim_with_a_call_of_their_own() {
		assert_eq!(call(Action::Refund, Actor::PositionOwner), "claim");
		assert_eq!(call(Action::Refund, Actor::StaleOwner), "claim");
		assert_eq!(call(Action::Claim, Actor::Anyone), "claim_for");
	}

	#[test]
	fn dates_are_those_of_the_calendar() {
		for (millis, expected) in [
			(0, "1970-01-01T00:00:00Z"),
			(86_399_999, "1970-01-01T23:59:59.999Z"),
			(951_782_399_000, "2000-02-28T23:59:59Z"),
			(951_782_400_000, "2000-02-29T00:00:00Z"),
			(951_868_800_000, "2000-03-01T00:00:00Z"),
			(1_709_164_800_000, "2024-02-29T00:00:00Z"),
			(1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
			(1_735_689_600_000, "2025-01-01T00:00:00Z"),
			(TEN, "2026-01-05T10:00:00Z"),
			(TEN + 5, "2026-01-05T10:00:00.005Z"),
			(4_107_456_000_000, "2100-02-28T00:00:00Z"),
			(4_107_542_400_000, "2100-03-01T00:00:00Z"),
			(32_503_680_000_000, "3000-01-01T00:00:00Z"),
		] {
			assert_eq!(date(millis), expected);
		}
		assert!(date(u64::MAX).ends_with('Z'));
	}

	#[test]
	fn no_day_is_left_out_or_comes_twice() {
		let mut last = (1969, 12, 31);
		// Four centuries and a bit, which is when the calendar repeats itself.
		for days in 0..150_000 {
			let (year, month, day) = calendar(days);
			let follows = match last {
				(y, 12, 31) => (year, month, day) == (y + 1, 1, 1),
				(y, m, d) => {
					(year, month, day) == (y, m, d + 1)
						|| (d >= 28 && (year, month, day) == (y, m + 1, 1))
				}
			};
			assert!(follows, "{year}-{month}-{day} came after {last:?}");
			last = (year, month, day);
		}
	}
}
