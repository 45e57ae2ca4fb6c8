//! The real pallets: makes the calls, and tells what can be compared with the model.

use std::collections::BTreeMap;

use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate as _,
		fungibles::{self, Mutate as _},
		tokens::Preservation,
	},
};
use madang_mock::*;
use madang_primitives::{
	escrow::{
		Amendment, Apathy, AssetKind, ClassLimit, Instant, Milestone, Policy, PolicyInput,
		RoundKind, Ruling as RealRuling, State as RealState, Terms,
	},
	traits::Metaverses,
	MetaverseId,
};
use pallet_escrow::{Agreements, Campaigns, PositionOfOwner, Positions, Rounds};
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError, DispatchResult, Permill,
};

use crate::{
	reference::{
		Account, Admission, Call, Coin, Deal, Flows, Hints, Mark, Model, Purse, Ruling, Seen,
		SeenBook, SeenStake, State, When,
	},
	steps::{attested, funds, FOUNDERS, PERSONS},
};

/// Who vouches for investors.
fn attester() -> AccountId {
	AccountId::new([60; 32])
}

fn person(number: u8) -> AccountId {
	match people().get(usize::from(number)) {
		Some(founder) => founder.clone(),
		None => AccountId::new([number + 20; 32]),
	}
}

fn metaverse(founder: u8) -> MetaverseId {
	FIRST_ID + MetaverseId::from(founder)
}

fn account(who: Account) -> AccountId {
	match who {
		Account::Person(number) => person(number),
		Account::Treasury => treasury(),
		Account::Startup(founder) => {
			<Metaverse as Metaverses<RuntimeOrigin, AccountId>>::account(metaverse(founder))
		}
		Account::Pot(campaign) => Escrow::pot(campaign),
	}
}

fn asset(coin: Coin) -> AssetKind {
	match coin {
		Coin::Native => native(),
		Coin::Stable => stable(),
	}
}

fn by(who: u8) -> RuntimeOrigin {
	signed(person(who))
}

fn subject(who: u8) -> H256 {
	H256::repeat_byte(who + 1)
}

fn when(instant: Instant<BlockNumber>) -> When {
	When {
		block: instant.block.into(),
		time: instant.time,
	}
}

fn blocks(number: u64) -> BlockNumber {
	BlockNumber::try_from(number).expect("lives are short")
}

/// Four startups, their investors and the attester; tells the model what there is.
pub fn found() -> Model {
	for founder in 0..FOUNDERS {
		assert_eq!(register_demo(person(founder), 4, 4), metaverse(founder));
	}
	for number in FOUNDERS..PERSONS {
		let who = person(number);
		if funds(number, Coin::Native) > 0 {
			assert_ok!(Balances::mint_into(&who, funds(number, Coin::Native)));
		}
		if funds(number, Coin::Stable) > 0 {
			assert_ok!(Assets::mint_into(STABLE, &who, funds(number, Coin::Stable)));
		}
	}
	assert_ok!(Balances::mint_into(&attester(), FUNDS));
	let mut model = Model::default();
	for who in 0..PERSONS {
		if let Some((class, cap)) = attested(who) {
			assert_ok!(run(&Call::Attest {
				who,
				class: Some(class),
				cap
			}));
			model.attested.insert(who, (class, cap));
		}
	}
	model.now = When {
		block: System::block_number().into(),
		time: time(),
	};
	model.next_campaign = pallet_escrow::NextCampaign::<Test>::get();
	model.next_position = pallet_escrow::NextPosition::<Test>::get();
	model.purses = purses(model.next_campaign);
	model
}

fn terms(deal: &Deal) -> Terms<BlockNumber> {
	Terms {
		asset: asset(deal.coin),
		goal: deal.goal,
		cap: deal.cap,
		min_ticket: deal.min_ticket,
		bond: deal.bond,
		min_investors: deal.min_investors,
		opens_after: blocks(deal.opens_after),
		period: blocks(deal.period),
		lock: blocks(deal.lock),
		cooling_off: blocks(deal.cooling_off),
		voting: blocks(deal.voting),
		grace: blocks(deal.grace),
		lock_up: blocks(deal.lock_up),
		kickoff: Permill::from_parts(u32::try_from(deal.kickoff).expect("at most a million")),
		on_apathy: if deal.tacit {
			Apathy::TacitApprove
		} else {
			Apathy::WindDown
		},
		documents: H256::repeat_byte(7),
	}
}

fn policy(admission: &Option<Admission>) -> PolicyInput<AccountId> {
	let Some(admission) = admission else {
		return Policy::Open;
	};
	Policy::Attested {
		attester: attester(),
		limits: admission
			.limits
			.iter()
			.map(|(class, per_campaign, per_year)| ClassLimit {
				class: *class,
				per_campaign: *per_campaign,
				per_year: *per_year,
			})
			.collect(),
		affiliates: admission
			.affiliates
			.iter()
			.map(|who| subject(*who))
			.collect(),
	}
}

fn milestones(deal: &Deal) -> Vec<Milestone<BlockNumber>> {
	deal.milestones
		.iter()
		.map(|(weight, duration)| Milestone {
			weight: *weight,
			duration: blocks(*duration),
			promise: H256::repeat_byte(8),
		})
		.collect()
}

/// The version and the hash that an honest investor signs, the hash made here from what is shown.
fn signature(campaign: u32, honest: bool) -> (u8, H256) {
	let (Some(book), Some(agreement)) = (
		Campaigns::<Test>::get(campaign),
		Agreements::<Test>::get(campaign),
	) else {
		return (1, H256::zero());
	};
	let all = (
		campaign,
		book.version,
		book.metaverse,
		agreement.terms,
		agreement.milestones,
		agreement.policy,
	);
	let hash = BlakeTwo256::hash_of(&all);
	match (honest, book.version % 2) {
		(true, _) => (book.version, hash),
		(false, 0) => (book.version - 1, hash),
		(false, _) => (book.version, H256::zero()),
	}
}

/// Makes a call, as a transaction.
pub fn run(call: &Call) -> Result<(), DispatchError> {
	tx(|| make(call))
}

fn make(call: &Call) -> DispatchResult {
	match call {
		Call::Create {
			who, startup, deal, ..
		} => Escrow::create(
			by(*who),
			metaverse(*startup),
			terms(deal),
			milestones(deal),
			policy(&deal.admission),
		),
		Call::Open { who, campaign } => Escrow::open(by(*who), *campaign),
		Call::Discard { who, campaign } => Escrow::discard(by(*who), *campaign),
		Call::Commit {
			who,
			campaign,
			amount,
			min_accept,
			honest,
		} => {
			let (version, hash) = signature(*campaign, *honest);
			outcome(Escrow::commit(
				by(*who),
				*campaign,
				*amount,
				*min_accept,
				version,
				hash,
			))
		}
		Call::Withdraw {
			who,
			position,
			amount,
		} => Escrow::withdraw(by(*who), *position, *amount),
		Call::Amend {
			who,
			campaign,
			goal,
			cap,
			extend_by,
		} => Escrow::amend(
			by(*who),
			*campaign,
			Amendment {
				documents: H256::repeat_byte(9),
				goal: *goal,
				cap: *cap,
				extend_by: blocks(*extend_by),
			},
		),
		Call::Reconfirm {
			who,
			position,
			honest,
		} => {
			let campaign = Positions::<Test>::get(position).map_or(0, |stake| stake.campaign);
			let (version, hash) = signature(campaign, *honest);
			Escrow::reconfirm(by(*who), *position, version, hash)
		}
		Call::AnnounceEarlyClose {
			who,
			campaign,
			after,
		} => Escrow::announce_early_close(by(*who), *campaign, blocks(*after)),
		Call::Cancel { who, campaign } => Escrow::cancel(who.map_or(root(), by), *campaign),
		Call::Advance { who, campaign } => Escrow::advance(by(*who), *campaign),
		Call::SubmitMilestone { who, campaign } => {
			Escrow::submit_milestone(by(*who), *campaign, H256::repeat_byte(10))
		}
		Call::Vote { who, position, aye } => Escrow::vote(by(*who), *position, *aye),
		Call::Exit { who, position } => outcome(Escrow::exit(by(*who), *position)),
		Call::Claim { who, position } => outcome(Escrow::claim(by(*who), *position)),
		Call::ClaimTo {
			who,
			position,
			dest,
		} => outcome(Escrow::claim_to(by(*who), *position, person(*dest))),
		Call::ClaimFor { who, position } => outcome(Escrow::claim_for(by(*who), *position)),
		Call::AllowClaimFor {
			who,
			position,
			allowed,
		} => Escrow::allow_claim_for(by(*who), *position, *allowed),
		Call::Abandon { who, campaign } => Escrow::abandon(by(*who), *campaign),
		Call::RaiseDispute { who, position } => Escrow::raise_dispute(by(*who), *position),
		Call::ResolveDispute {
			who,
			campaign,
			ruling,
		} => {
			let ruling = match ruling {
				Ruling::Dismiss => RealRuling::Dismiss,
				Ruling::WindDown => RealRuling::WindDown,
				Ruling::ReleaseAnyway => RealRuling::ReleaseAnyway,
				Ruling::RestartRound => RealRuling::RestartRound,
			};
			Escrow::resolve_dispute(who.map_or(root(), by), *campaign, ruling)
		}
		Call::NoConfidence { who, position } => Escrow::call_no_confidence(by(*who), *position),
		Call::RequestExtension {
			who,
			campaign,
			blocks: more,
		} => Escrow::request_extension(by(*who), *campaign, blocks(*more), H256::repeat_byte(11)),
		Call::MintReceipt { who, position } => Escrow::mint_receipt(by(*who), *position),
		Call::TransferPosition { who, position, to } => {
			Escrow::transfer_position(by(*who), *position, person(*to))
		}
		Call::DepositRevenue {
			who,
			campaign,
			amount,
		} => Escrow::deposit_revenue(by(*who), *campaign, *amount),
		Call::ClaimRevenue { who, position } => Escrow::claim_revenue(by(*who), *position),
		Call::Close { who, campaign } => Escrow::close(by(*who), *campaign),
		around => disturb(around),
	}
}

/// What does not come from escrow.
fn disturb(call: &Call) -> DispatchResult {
	match call {
		Call::Pass { blocks: number } => pass(blocks(*number)),
		Call::Halt { ms } => halt(*ms),
		Call::Rush { blocks: number } => blocks_without_time(blocks(*number)),
		Call::Give {
			from,
			to,
			coin,
			amount,
		} => {
			// A gift of nothing, or to oneself, would succeed there and means nothing here.
			if *amount == 0 || *to == Account::Person(*from) {
				return Err(DispatchError::Other("no gift"));
			}
			let (from, to) = (person(*from), account(*to));
			match coin {
				Coin::Native => Balances::transfer_keep_alive(signed(from), to, *amount),
				Coin::Stable => {
					let keep = Preservation::Preserve;
					<Assets as fungibles::Mutate<AccountId>>::transfer(
						STABLE, &from, &to, *amount, keep,
					)
					.map(|_| ())
				}
			}?;
		}
		Call::Mark { who, mark } => {
			let (issuer, who) = (signed(issuer()), account(*who));
			match mark {
				Some(Mark::Frozen) => Assets::freeze(issuer, STABLE, who),
				Some(Mark::Blocked) => Assets::block(issuer, STABLE, who),
				None => Assets::thaw(issuer, STABLE, who),
			}?;
		}
		Call::FreezeAsset { frozen: true } => Assets::freeze_asset(signed(issuer()), STABLE)?,
		Call::FreezeAsset { frozen: false } => Assets::thaw_asset(signed(issuer()), STABLE)?,
		Call::Suspend {
			startup,
			blocks: number,
		} => {
			let until = System::block_number() + blocks(*number);
			Metaverse::suspend(root(), metaverse(*startup), until, H256::zero())?;
		}
		Call::Resume { startup } => Metaverse::resume(root(), metaverse(*startup))?,
		Call::Attest {
			who,
			class: Some(class),
			cap,
		} => {
			let attester = signed(attester());
			Attestation::attest(attester, person(*who), subject(*who), *class, *cap, None)?;
		}
		Call::Attest {
			who, class: None, ..
		} => {
			Attestation::revoke(signed(attester()), person(*who))?;
		}
		other => unreachable!("{other:?} is a call of escrow"),
	}
	Ok(())
}

/// What the model needs to know of a call that succeeded.
pub fn hints(call: &Call) -> Hints {
	let mut hints = Hints::default();
	match call {
		Call::Create { .. } => {
			let last = pallet_escrow::NextCampaign::<Test>::get().checked_sub(1);
			hints.campaign_deposit = last
				.and_then(Campaigns::<Test>::get)
				.map_or(0, |book| book.deposit);
		}
		Call::Commit { who, campaign, .. } => {
			hints.position_deposit = PositionOfOwner::<Test>::get(person(*who), campaign)
				.and_then(Positions::<Test>::get)
				.map_or(0, |stake| stake.deposit);
		}
		Call::MintReceipt { position, .. } => {
			hints.position_deposit =
				Positions::<Test>::get(position).map_or(0, |stake| stake.deposit);
		}
		_ => (),
	}
	hints
}

fn purses(campaigns: u32) -> BTreeMap<(Account, Coin), Purse> {
	let persons = (0..PERSONS).map(Account::Person);
	let startups = (0..FOUNDERS).map(Account::Startup);
	// Somebody may have given money to the pot of the campaign that comes next.
	let pots = (0..=campaigns).map(Account::Pot);
	let all = persons
		.chain(startups)
		.chain(pots)
		.chain([Account::Treasury]);
	all.flat_map(|who| [(who, Coin::Native), (who, Coin::Stable)])
		.filter_map(|(who, coin)| {
			let (kind, account) = (asset(coin), account(who));
			let purse = match coin {
				Coin::Native => Purse {
					free: free(&account),
					held: held(&account),
				},
				Coin::Stable => Purse {
					free: balance(&kind, &account),
					held: on_hold(&kind, &account),
				},
			};
			(purse != Purse::default()).then_some(((who, coin), purse))
		})
		.collect()
}

/// Everything that can be compared with the model.
pub fn seen() -> Seen {
	let number_of: BTreeMap<AccountId, u8> = (0..PERSONS)
		.map(|number| (person(number), number))
		.collect();
	let books = Campaigns::<Test>::iter().map(|(id, book)| {
		let state = match book.state {
			RealState::Draft => State::Draft,
			RealState::Funding => State::Funding,
			RealState::Active => State::Active,
			RealState::Failed => State::Failed,
			RealState::WindDown => State::WindDown,
			RealState::Completed => State::Completed,
		};
		let active = state == State::Active;
		let money = book.money;
		let vote = Rounds::<Test>::get(id).map(|round| {
			let about = match round.kind {
				RoundKind::Tranche { revote, .. } => u8::from(revote),
				RoundKind::Extension { .. } => 2,
				RoundKind::NoConfidence { confirming } => 3 + u8::from(confirming),
			};
			(
				round.id,
				about,
				when(round.ends),
				round.snapshot,
				round.yes,
				round.no,
				round.exited,
			)
		});
		let seen = SeenBook {
			state,
			version: book.version,
			deadline: book.schedule.map(|schedule| when(schedule.deadline)),
			lock_at: book.schedule.map(|schedule| when(schedule.lock_at)),
			closes: book.schedule.map(|schedule| when(schedule.closes)),
			pool: book.pool,
			units: book.units,
			stale: book.stale,
			bond: book.bond,
			dispute_bond: book.dispute_bond,
			flows: Flows {
				committed: money.committed,
				given_back: money.withdrawn + money.refunded,
				released: money.released,
				fees: money.fees,
				exited: money.exited,
				claimed: money.claimed,
				bond_deposited: money.bond_deposited,
				bond_returned: money.bond_returned,
				bond_slashed: money.bond_slashed,
				bond_to_treasury: money.bond_to_treasury,
				dispute_slashed: money.dispute_slashed,
				revenue: money.revenue,
				revenue_claimed: money.revenue_claimed,
			},
			raised: book.raised,
			kickoff: book.kickoff,
			positions: book.positions,
			investors: book.investors,
			milestone: book.milestone.into(),
			attempts: if active { book.attempts } else { 0 },
			due: book.due.filter(|_| active).map(when),
			rounds: book.rounds,
			petitions: book.petitions,
			vote,
		};
		(id, seen)
	});
	let stakes = Positions::<Test>::iter().map(|(id, stake)| {
		let book = Campaigns::<Test>::get(stake.campaign);
		let claimable = Escrow::api_claimable(id).unwrap_or_default();
		let seen = SeenStake {
			campaign: stake.campaign,
			owner: number_of.get(&stake.owner).copied().unwrap_or(u8::MAX),
			units: stake.units,
			live: book.is_some_and(|book| book.version == stake.version),
			equity: stake.equity,
			deposit: stake.deposit,
			receipt: stake.receipt,
			revenue: claimable.revenue,
		};
		(id, seen)
	});
	Seen {
		purses: purses(pallet_escrow::NextCampaign::<Test>::get()),
		books: books.collect(),
		stakes: stakes.collect(),
	}
}
