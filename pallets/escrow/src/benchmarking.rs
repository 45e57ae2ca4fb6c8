//! Benchmarks of every call in its worst case: an asset of `pallet-assets`, the longest agreement,
//! attested investors, a receipt to burn and revenue to pay.
//!
//! The benchmarks `*_among` have the number of positions in the campaign as their component. They
//! make no weights; they are there to show that it does not matter.

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible, EnsureOrigin, Get},
	Hashable,
};
use frame_system::{
	pallet_prelude::{BlockNumberFor, OriginFor},
	RawOrigin,
};
use madang_primitives::{
	attestation::{InvestorClass, SubjectId},
	escrow::{
		Amendment, Apathy, AssetKind, AssetRules, CampaignId, ClassLimit, Milestone, Policy,
		PolicyInput, PositionId, Ruling, State, Terms, MAX_AFFILIATES, MAX_CAP, MAX_CLASSES,
		MAX_MILESTONES,
	},
	Balance, MetaverseId,
};
use sp_core::H256;
use sp_runtime::{traits::StaticLookup, Permill, SaturatedConversion};

use super::*;
use crate::pallet::AccountIdLookupOf;

/// Sets the stage for the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// A new metaverse of `owner`, who can pay for it.
	fn metaverse(owner: &AccountId) -> MetaverseId;

	/// An asset that is accepted and is not the native token.
	fn asset() -> AssetKind;

	/// Makes so much of an asset, or of the native token, for an account.
	fn fund(asset: &AssetKind, who: &AccountId, amount: Balance);

	/// Lets `attester`, who can pay for it, vouch for an account without a limit.
	fn attest(attester: &AccountId, who: &AccountId, subject: SubjectId, class: InvestorClass);

	/// Moves the clock by so many blocks and by the time that they take.
	fn advance(blocks: u32);
}

/// Positions in a campaign besides the one that counts.
const CROWD: u32 = 10;

/// Most positions with which it is tried whether their number matters.
const MAX_CROWD: u32 = 100;

/// The class of everybody: the last that is looked at.
const CLASS: InvestorClass = MAX_CLASSES as InvestorClass - 1;

const EVIDENCE: H256 = H256::repeat_byte(3);

fn signed<T: Config>(who: &T::AccountId) -> OriginFor<T> {
	RawOrigin::Signed(who.clone()).into()
}

fn lookup<T: Config>(who: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(who.clone())
}

/// Somebody with a lot of the native token.
fn rich<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = account(name, number, 0);
	let least = <T::Native as fungible::Inspect<T::AccountId>>::minimum_balance();
	T::BenchmarkHelper::fund(
		&AssetKind::Native,
		&who,
		least.saturating_mul(1_000_000_000),
	);
	who
}

fn wait<T: Config>(blocks: BlockNumberFor<T>) {
	T::BenchmarkHelper::advance(blocks.saturated_into());
}

fn arbiter<T: Config>() -> Result<OriginFor<T>, BenchmarkError> {
	T::ArbiterOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// The shortest windows, no right that ends early, and the highest bond. One large investor reaches
/// the goal, and no crowd of small ones outvotes that one.
fn terms<T: Config>(
	asset: &AssetKind,
	kickoff: Permill,
) -> Result<Terms<BlockNumberFor<T>>, BenchmarkError> {
	let rules = StoredRules::<T>::get();
	let least = Assets::<T>::get(asset).ok_or("the asset is accepted")?;
	let goal = least.min_goal.max(
		least
			.min_ticket
			.saturating_mul(10 * Balance::from(MAX_CROWD)),
	);
	Ok(Terms {
		asset: asset.clone(),
		goal,
		cap: goal.saturating_mul(1_000).min(MAX_CAP),
		min_ticket: least.min_ticket,
		bond: goal,
		min_investors: 1,
		opens_after: 0u32.into(),
		period: rules.max_period,
		lock: 0u32.into(),
		cooling_off: 0u32.into(),
		voting: rules.min_voting,
		grace: rules.min_grace,
		lock_up: 0u32.into(),
		kickoff,
		on_apathy: Apathy::TacitApprove,
		documents: H256::repeat_byte(1),
	})
}

fn milestones<T: Config>() -> Vec<Milestone<BlockNumberFor<T>>> {
	let milestone = Milestone {
		weight: 1,
		duration: StoredRules::<T>::get().max_duration,
		promise: H256::repeat_byte(2),
	};
	vec![milestone; MAX_MILESTONES as usize]
}

/// A campaign and who is in it.
struct Scene<T: Config> {
	metaverse: MetaverseId,
	campaign: CampaignId,
	founder: T::AccountId,
	attester: T::AccountId,
	terms: Terms<BlockNumberFor<T>>,
}

/// A position and who owns it.
struct Stake<AccountId> {
	owner: AccountId,
	position: PositionId,
}

impl<T: Config> Scene<T> {
	/// Everything but the campaign itself.
	fn empty(kickoff: Permill) -> Result<Self, BenchmarkError> {
		let founder = rich::<T>("founder", 0);
		let scene = Self {
			metaverse: T::BenchmarkHelper::metaverse(&founder),
			campaign: NextCampaign::<T>::get(),
			attester: rich::<T>("attester", 0),
			terms: terms::<T>(&T::BenchmarkHelper::asset(), kickoff)?,
			founder,
		};
		scene.equip(&scene.founder);
		Ok(scene)
	}

	/// A draft.
	fn draft(kickoff: Permill) -> Result<Self, BenchmarkError> {
		let scene = Self::empty(kickoff)?;
		Pallet::<T>::create(
			signed::<T>(&scene.founder),
			scene.metaverse,
			scene.terms.clone(),
			milestones::<T>(),
			scene.policy(),
		)?;
		Ok(scene)
	}

	/// A campaign that takes commitments and has some.
	fn open(crowd: u32, kickoff: Permill) -> Result<Self, BenchmarkError> {
		let scene = Self::draft(kickoff)?;
		Pallet::<T>::open(signed::<T>(&scene.founder), scene.campaign)?;
		for number in 0..crowd {
			scene.join("crowd", number, scene.terms.min_ticket)?;
		}
		Ok(scene)
	}

	/// A campaign that has reached its goal, and the large investor who made it.
	fn full(crowd: u32, kickoff: Permill) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let scene = Self::open(crowd, kickoff)?;
		let leader = scene.join("leader", 0, scene.terms.goal)?;
		Ok((scene, leader))
	}

	/// A campaign that has succeeded.
	fn active(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::full(crowd, Permill::zero())?;
		wait::<T>(scene.terms.period);
		scene.step()?;
		scene.ensure(State::Active);
		Ok((scene, leader))
	}

	/// A campaign that has succeeded, has a receipt to burn for the large investor and revenue to
	/// pay to everybody.
	fn earning(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		Pallet::<T>::mint_receipt(signed::<T>(&leader.owner), leader.position)?;
		scene.earn()?;
		Ok((scene, leader))
	}

	/// A campaign that was given up, with all of that.
	fn wound_down(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::earning(crowd)?;
		Pallet::<T>::abandon(signed::<T>(&scene.founder), scene.campaign)?;
		scene.ensure(State::WindDown);
		Ok((scene, leader))
	}

	/// A campaign in whose grace window the first of the crowd, who was overruled, may leave.
	fn grace(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		let overruled = scene.stake(account("crowd", 0, 0))?;
		Pallet::<T>::mint_receipt(signed::<T>(&overruled.owner), overruled.position)?;
		scene.earn()?;
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, true)?;
		Pallet::<T>::vote(signed::<T>(&overruled.owner), overruled.position, false)?;
		wait::<T>(scene.terms.voting);
		Ok((scene, overruled))
	}

	/// A campaign whose last tranche can be paid, after which the bond goes back too.
	fn payable(crowd: u32) -> Result<Self, BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		Campaigns::<T>::mutate(scene.campaign, |campaign| {
			if let Some(campaign) = campaign {
				campaign.milestone = MAX_MILESTONES as u8 - 1;
			}
		});
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, true)?;
		wait::<T>(scene.terms.voting);
		wait::<T>(scene.terms.grace);
		Ok(scene)
	}

	/// A campaign with an open vote, in which the first of the crowd has voted.
	fn voting(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, _) = Self::active(crowd)?;
		let voter = scene.stake(account("crowd", 0, 0))?;
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&voter.owner), voter.position, false)?;
		Ok((scene, voter))
	}

	/// Gives somebody the asset, and the word of the attester.
	fn equip(&self, who: &T::AccountId) {
		let plenty = self.terms.goal.saturating_mul(10);
		T::BenchmarkHelper::fund(&self.terms.asset, who, plenty);
		T::BenchmarkHelper::attest(&self.attester, who, who.blake2_256().into(), CLASS);
	}

	/// Somebody who can invest.
	fn investor(&self, name: &'static str, number: u32) -> T::AccountId {
		let who = rich::<T>(name, number);
		self.equip(&who);
		who
	}

	fn policy(&self) -> PolicyInput<T::AccountId> {
		let limit = |class: u32| ClassLimit {
			class: class as InvestorClass,
			per_campaign: Balance::MAX,
			per_year: Balance::MAX,
		};
		let affiliate = |number: u32| SubjectId::repeat_byte(number as u8);
		Policy::Attested {
			attester: self.attester.clone(),
			limits: (0..MAX_CLASSES).map(limit).collect(),
			// The founder is added to these.
			affiliates: (1..MAX_AFFILIATES).map(affiliate).collect(),
		}
	}

	/// Version and hash of the terms that count.
	fn agreed(&self) -> Result<(u8, H256), BenchmarkError> {
		let campaign = Campaigns::<T>::get(self.campaign).ok_or("the campaign exists")?;
		Ok((campaign.version, campaign.terms_hash))
	}

	/// A new investor puts money in.
	fn join(
		&self,
		name: &'static str,
		number: u32,
		amount: Balance,
	) -> Result<Stake<T::AccountId>, BenchmarkError> {
		let who = self.investor(name, number);
		let (version, hash) = self.agreed()?;
		Pallet::<T>::commit(
			signed::<T>(&who),
			self.campaign,
			amount,
			amount,
			version,
			hash,
		)?;
		self.stake(who)
	}

	fn stake(&self, owner: T::AccountId) -> Result<Stake<T::AccountId>, BenchmarkError> {
		let position = PositionOfOwner::<T>::get(&owner, self.campaign).ok_or("has invested")?;
		Ok(Stake { owner, position })
	}

	/// Does what is due.
	fn step(&self) -> Result<(), BenchmarkError> {
		Pallet::<T>::advance(signed::<T>(&self.attester), self.campaign)?;
		Ok(())
	}

	fn submit(&self) -> Result<(), BenchmarkError> {
		Pallet::<T>::submit_milestone(signed::<T>(&self.founder), self.campaign, EVIDENCE)?;
		Ok(())
	}

	fn earn(&self) -> Result<(), BenchmarkError> {
		let amount = self.terms.goal;
		Pallet::<T>::deposit_revenue(signed::<T>(&self.founder), self.campaign, amount)?;
		Ok(())
	}

	fn ensure(&self, state: State) {
		assert_eq!(
			Campaigns::<T>::get(self.campaign).map(|campaign| campaign.state),
			Some(state)
		);
	}

	fn has_round(&self) -> bool {
		Rounds::<T>::contains_key(self.campaign)
	}
}

fn units<T: Config>(position: PositionId) -> Balance {
	Positions::<T>::get(position).map_or(0, |position| position.units)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn create() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::empty(Permill::zero())?;
		let (terms, policy) = (scene.terms.clone(), scene.policy());
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.metaverse,
			terms,
			milestones::<T>(),
			policy,
		);
		scene.ensure(State::Draft);
		Ok(())
	}

	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::draft(Permill::zero())?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::Funding);
		Ok(())
	}

	#[benchmark]
	fn discard() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::draft(Permill::zero())?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		assert!(!Campaigns::<T>::contains_key(scene.campaign));
		Ok(())
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open(CROWD, Permill::zero())?;
		let investor = scene.investor("investor", 0);
		let (version, hash) = scene.agreed()?;
		let amount = scene.terms.goal;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(investor.clone()),
			scene.campaign,
			amount,
			amount,
			version,
			hash,
		);
		let stake = scene.stake(investor)?;
		assert_eq!(units::<T>(stake.position), amount);
		Ok(())
	}

	#[benchmark(extra)]
	fn commit_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open(p, Permill::zero())?;
		let investor = scene.investor("investor", 0);
		let (version, hash) = scene.agreed()?;
		let amount = scene.terms.goal;
		#[extrinsic_call]
		commit(
			RawOrigin::Signed(investor.clone()),
			scene.campaign,
			amount,
			amount,
			version,
			hash,
		);
		let stake = scene.stake(investor)?;
		assert_eq!(units::<T>(stake.position), amount);
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		let amount = scene.terms.goal;
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position, amount);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	#[benchmark]
	fn amend() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::full(CROWD, Permill::zero())?;
		let amendment = Amendment {
			documents: H256::repeat_byte(4),
			goal: scene.terms.goal,
			cap: scene.terms.cap,
			extend_by: StoredRules::<T>::get().reconfirm,
		};
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			amendment,
		);
		assert_eq!(scene.agreed()?.0, 2);
		Ok(())
	}

	#[benchmark]
	fn reconfirm() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		let amendment = Amendment {
			documents: H256::repeat_byte(4),
			goal: scene.terms.goal,
			cap: scene.terms.cap,
			extend_by: StoredRules::<T>::get().reconfirm,
		};
		Pallet::<T>::amend(signed::<T>(&scene.founder), scene.campaign, amendment)?;
		let (version, hash) = scene.agreed()?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(leader.owner),
			leader.position,
			version,
			hash,
		);
		let position = Positions::<T>::get(leader.position).ok_or("still there")?;
		assert_eq!(position.version, version);
		Ok(())
	}

	#[benchmark]
	fn announce_early_close() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::full(CROWD, Permill::zero())?;
		let rules = StoredRules::<T>::get();
		wait::<T>(rules.min_period);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			rules.early_close_notice,
		);
		assert!(Campaigns::<T>::get(scene.campaign).is_some_and(|campaign| campaign.closes_early));
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::full(CROWD, Permill::zero())?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::Failed);
		Ok(())
	}

	/// The last tranche: two payments, and the bond.
	#[benchmark]
	fn advance() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::payable(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::Completed);
		Ok(())
	}

	#[benchmark(extra)]
	fn advance_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::payable(p)?;
		#[extrinsic_call]
		advance(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::Completed);
		Ok(())
	}

	/// Success, with a payment at once.
	#[benchmark(extra)]
	fn advance_to_success() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::full(CROWD, T::MaxKickoff::get())?;
		wait::<T>(scene.terms.period);
		#[extrinsic_call]
		advance(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::Active);
		Ok(())
	}

	/// The goal was not reached.
	#[benchmark(extra)]
	fn advance_to_failure() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open(CROWD, Permill::zero())?;
		wait::<T>(scene.terms.period);
		#[extrinsic_call]
		advance(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::Failed);
		Ok(())
	}

	/// The founder has vanished.
	#[benchmark(extra)]
	fn advance_to_wind_down() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		let rules = StoredRules::<T>::get();
		wait::<T>(rules.max_duration);
		wait::<T>(rules.due_grace);
		#[extrinsic_call]
		advance(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::WindDown);
		Ok(())
	}

	#[benchmark]
	fn submit_milestone() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			EVIDENCE,
		);
		assert!(scene.has_round());
		Ok(())
	}

	/// A vote that is changed: units go from one side to the other.
	#[benchmark]
	fn vote() -> Result<(), BenchmarkError> {
		let (_, voter) = Scene::<T>::voting(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(voter.owner), voter.position, true);
		assert!(Positions::<T>::get(voter.position).is_some_and(|position| position.aye));
		Ok(())
	}

	#[benchmark(extra)]
	fn vote_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let (_, voter) = Scene::<T>::voting(p)?;
		#[extrinsic_call]
		vote(RawOrigin::Signed(voter.owner), voter.position, true);
		assert!(Positions::<T>::get(voter.position).is_some_and(|position| position.aye));
		Ok(())
	}

	#[benchmark]
	fn exit() -> Result<(), BenchmarkError> {
		let (_, overruled) = Scene::<T>::grace(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(overruled.owner), overruled.position);
		assert_eq!(units::<T>(overruled.position), 0);
		Ok(())
	}

	#[benchmark(extra)]
	fn exit_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let (_, overruled) = Scene::<T>::grace(p)?;
		#[extrinsic_call]
		exit(RawOrigin::Signed(overruled.owner), overruled.position);
		assert_eq!(units::<T>(overruled.position), 0);
		Ok(())
	}

	/// After a wind-down, to an account that has nothing of the asset yet.
	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let (_, leader) = Scene::<T>::wound_down(CROWD)?;
		let dest = lookup::<T>(&rich::<T>("dest", 0));
		#[extrinsic_call]
		claim_to(RawOrigin::Signed(leader.owner), leader.position, dest);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	#[benchmark(extra)]
	fn claim_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let (_, leader) = Scene::<T>::wound_down(p)?;
		let dest = lookup::<T>(&rich::<T>("dest", 0));
		#[extrinsic_call]
		claim_to(RawOrigin::Signed(leader.owner), leader.position, dest);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	/// After a failure: what was counted for the person is taken back too.
	#[benchmark(extra)]
	fn claim_refund() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		Pallet::<T>::cancel(signed::<T>(&scene.founder), scene.campaign)?;
		#[extrinsic_call]
		claim(RawOrigin::Signed(leader.owner), leader.position);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	#[benchmark(extra)]
	fn claim_for() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), leader.position);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	#[benchmark]
	fn abandon() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::WindDown);
		Ok(())
	}

	#[benchmark]
	fn raise_dispute() -> Result<(), BenchmarkError> {
		let (scene, voter) = Scene::<T>::voting(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(voter.owner), voter.position);
		assert!(Disputes::<T>::contains_key(scene.campaign));
		Ok(())
	}

	/// One bond goes back, the other goes to the investors.
	#[benchmark]
	fn resolve_dispute() -> Result<(), BenchmarkError> {
		let (scene, voter) = Scene::<T>::voting(CROWD)?;
		Pallet::<T>::raise_dispute(signed::<T>(&voter.owner), voter.position)?;
		let origin = arbiter::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, scene.campaign, Ruling::WindDown);
		scene.ensure(State::WindDown);
		Ok(())
	}

	/// The signature with which the vote begins.
	#[benchmark]
	fn call_no_confidence() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::active(CROWD)?;
		let first = scene.stake(account("crowd", 0, 0))?;
		Pallet::<T>::call_no_confidence(signed::<T>(&first.owner), first.position)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		assert!(scene.has_round());
		Ok(())
	}

	#[benchmark]
	fn request_extension() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			1u32.into(),
			EVIDENCE,
		);
		assert!(scene.has_round());
		Ok(())
	}

	/// The first receipt of all, with which the collection begins.
	#[benchmark]
	fn mint_receipt() -> Result<(), BenchmarkError> {
		let (_, leader) = Scene::<T>::active(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		assert!(Positions::<T>::get(leader.position).is_some_and(|position| position.receipt));
		Ok(())
	}

	#[benchmark]
	fn transfer_position() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::earning(CROWD)?;
		let receiver = scene.investor("receiver", 0);
		let to = lookup::<T>(&receiver);
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position, to);
		assert_eq!(scene.stake(receiver)?.position, leader.position);
		Ok(())
	}

	#[benchmark]
	fn deposit_revenue() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		let amount = scene.terms.goal;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			amount,
		);
		let campaign = Campaigns::<T>::get(scene.campaign).ok_or("still there")?;
		assert_eq!(campaign.money.revenue, amount);
		Ok(())
	}

	#[benchmark]
	fn claim_revenue() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::earning(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		let campaign = Campaigns::<T>::get(scene.campaign).ok_or("still there")?;
		assert!(campaign.money.revenue_claimed > 0);
		Ok(())
	}

	/// After a wind-down: dust of the revenue and both least balances are swept up.
	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(CROWD)?;
		Pallet::<T>::claim(signed::<T>(&leader.owner), leader.position)?;
		for number in 0..CROWD {
			let stake = scene.stake(account("crowd", number, 0))?;
			Pallet::<T>::claim(signed::<T>(&stake.owner), stake.position)?;
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		assert!(!Campaigns::<T>::contains_key(scene.campaign));
		Ok(())
	}

	#[benchmark]
	fn allow_claim_for() -> Result<(), BenchmarkError> {
		let (_, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position, false);
		let position = Positions::<T>::get(leader.position).ok_or("still there")?;
		assert!(position.only_owner_claims);
		Ok(())
	}

	#[benchmark]
	fn set_asset() -> Result<(), BenchmarkError> {
		let origin =
			T::AssetOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let asset = T::BenchmarkHelper::asset();
		let least = Assets::<T>::get(&asset).ok_or("the asset is accepted")?;
		let rules = Some(AssetRules {
			min_goal: least.min_goal.saturating_mul(2),
			..least
		});
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset.clone(), rules);
		assert_eq!(Assets::<T>::get(&asset), rules);
		Ok(())
	}
}
