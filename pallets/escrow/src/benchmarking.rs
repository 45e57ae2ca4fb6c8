//! Benchmarks of every call on its dearest way: an asset of `pallet-assets`, in which who is paid has no
//! account yet; the longest agreement; attested investors; revenue to pay; bonds that are still to be given
//! back. `commit` is measured without persons too. Claims are measured on their cheapest way, in the native
//! token too, and what some of them need besides is measured for itself: `make_account`, `forget_person`
//! and `burn_receipt`.
//!
//! The benchmarks `*_among` have the number of positions in the campaign as their component. They
//! make no weights; they are there to show that it does not matter.

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible,
		fungibles::{Inspect as _, Mutate as _},
		EnsureOrigin, Get,
	},
	Hashable,
};
use frame_system::{
	pallet_prelude::{BlockNumberFor, OriginFor},
	RawOrigin,
};
use madang_primitives::{
	attestation::{InvestorClass, SubjectId},
	escrow::{
		Amendment, Apathy, AssetKind, AssetRules, CampaignId, ClassLimit, Milestone, Phase, Policy,
		PolicyInput, PositionId, Ruling, State, Terms, MAX_AFFILIATES, MAX_CAP, MAX_CLASSES,
		MAX_MILESTONES,
	},
	traits::Metaverses,
	Balance, MetaverseId,
};
use sp_core::H256;
use sp_runtime::{
	traits::{StaticLookup, TypedGet, Zero},
	DispatchResult, Permill, SaturatedConversion,
};

use super::*;
use crate::pallet::{AccountIdLookupOf, CampaignOf, PositionOf};

/// Sets the stage for the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// A new metaverse of `owner`, who can pay for it.
	fn metaverse(owner: &AccountId) -> MetaverseId;

	/// Makes another account, which can pay the deposit, the owner of a metaverse.
	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId);

	/// An asset that is accepted and is not the native token.
	fn asset() -> AssetKind;

	/// Makes so much of an asset, or of the native token, for an account.
	fn fund(asset: &AssetKind, who: &AccountId, amount: Balance);

	/// Keeps an account, which has some of an asset that is not the native token, from receiving and
	/// giving any of it, or lets it again.
	fn set_blocked(asset: &AssetKind, who: &AccountId, blocked: bool);

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

/// An account that does not exist.
fn newcomer<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	assert!(!exists::<T>(&who));
	who
}

fn exists<T: Config>(who: &T::AccountId) -> bool {
	frame_system::Pallet::<T>::account_exists(who)
}

/// Takes all of an asset from an account, so that the next payment makes its account there anew.
fn strip<T: Config>(asset: &AssetKind, who: &T::AccountId) {
	T::Tokens::set_balance(asset.clone(), who, 0);
	assert!(T::Tokens::total_balance(asset.clone(), who).is_zero());
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

impl<AccountId: Clone> Stake<AccountId> {
	fn mint_receipt<T: Config<AccountId = AccountId>>(&self) -> DispatchResult {
		Pallet::<T>::mint_receipt(signed::<T>(&self.owner), self.position)
	}
}

impl<T: Config> Scene<T> {
	/// Everything but the campaign itself.
	fn empty(asset: AssetKind, kickoff: Permill) -> Result<Self, BenchmarkError> {
		let founder = rich::<T>("founder", 0);
		let scene = Self {
			metaverse: T::BenchmarkHelper::metaverse(&founder),
			campaign: NextCampaign::<T>::get(),
			attester: rich::<T>("attester", 0),
			terms: terms::<T>(&asset, kickoff)?,
			founder,
		};
		scene.equip(&scene.founder);
		Ok(scene)
	}

	/// A draft for attested persons.
	fn draft(kickoff: Permill) -> Result<Self, BenchmarkError> {
		let scene = Self::empty(T::BenchmarkHelper::asset(), kickoff)?;
		scene.create(scene.policy())?;
		Ok(scene)
	}

	fn create(&self, policy: PolicyInput<T::AccountId>) -> DispatchResult {
		Pallet::<T>::create(
			signed::<T>(&self.founder),
			self.metaverse,
			self.terms.clone(),
			milestones::<T>(),
			policy,
		)
	}

	/// A campaign that takes commitments of attested persons and has some.
	fn open(crowd: u32, kickoff: Permill) -> Result<Self, BenchmarkError> {
		let scene = Self::draft(kickoff)?;
		scene.begin(crowd)?;
		Ok(scene)
	}

	/// A campaign that takes commitments of everyone and has some.
	fn open_for_everyone(asset: AssetKind, crowd: u32) -> Result<Self, BenchmarkError> {
		let scene = Self::empty(asset, Permill::zero())?;
		scene.create(Policy::Open)?;
		scene.begin(crowd)?;
		Ok(scene)
	}

	/// Opens what was drafted, and lets so many in.
	fn begin(&self, crowd: u32) -> Result<(), BenchmarkError> {
		Pallet::<T>::open(signed::<T>(&self.founder), self.campaign)?;
		for number in 0..crowd {
			self.join("crowd", number, self.terms.min_ticket)?;
		}
		Ok(())
	}

	/// A campaign that has reached its goal, and the large investor who made it.
	fn full(crowd: u32, kickoff: Permill) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let scene = Self::open(crowd, kickoff)?;
		let leader = scene.lead()?;
		Ok((scene, leader))
	}

	/// The same for everyone, in some asset.
	fn full_for_everyone(
		asset: AssetKind,
		crowd: u32,
	) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let scene = Self::open_for_everyone(asset, crowd)?;
		let leader = scene.lead()?;
		Ok((scene, leader))
	}

	/// A campaign that has succeeded.
	fn active(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::full(crowd, Permill::zero())?;
		scene.succeed()?;
		Ok((scene, leader))
	}

	/// A campaign that has succeeded, and has revenue to pay to everybody.
	fn earning(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		scene.earn()?;
		Ok((scene, leader))
	}

	/// A campaign for everyone that was given up, with all of that.
	fn wound_down(
		asset: AssetKind,
		crowd: u32,
	) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::full_for_everyone(asset, crowd)?;
		scene.succeed()?;
		scene.earn()?;
		Pallet::<T>::abandon(signed::<T>(&scene.founder), scene.campaign)?;
		scene.ensure(State::WindDown);
		Ok((scene, leader))
	}

	/// A campaign for everyone whose founder gave it up before it succeeded.
	fn cancelled(asset: AssetKind) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::full_for_everyone(asset, CROWD)?;
		Pallet::<T>::cancel(signed::<T>(&scene.founder), scene.campaign)?;
		Ok((scene, leader))
	}

	/// A campaign in whose grace window the first of the crowd, who was overruled, may leave. That
	/// one has revenue to claim, and has signed a petition.
	fn grace(crowd: u32) -> Result<(Self, Stake<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		let overruled = scene.stake(account("crowd", 0, 0))?;
		scene.earn()?;
		Pallet::<T>::call_no_confidence(signed::<T>(&overruled.owner), overruled.position)?;
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, true)?;
		Pallet::<T>::vote(signed::<T>(&overruled.owner), overruled.position, false)?;
		wait::<T>(scene.terms.voting);
		Ok((scene, overruled))
	}

	/// A campaign whose last tranche can be paid, after which the bond goes back too. A petition is still
	/// there, and a dispute has run out. Tells who is paid.
	fn payable(crowd: u32) -> Result<(Self, Vec<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(crowd)?;
		let raiser = scene.stake(account("crowd", 0, 0))?;
		Pallet::<T>::call_no_confidence(signed::<T>(&raiser.owner), raiser.position)?;
		Campaigns::<T>::mutate(scene.campaign, |campaign| {
			if let Some(campaign) = campaign {
				campaign.milestone = MAX_MILESTONES as u8 - 1;
			}
		});
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, true)?;
		Pallet::<T>::raise_dispute(signed::<T>(&raiser.owner), raiser.position)?;
		wait::<T>(scene.terms.voting);
		wait::<T>(scene.terms.grace);
		wait::<T>(StoredRules::<T>::get().max_dispute);
		let startup = T::Metaverses::account(scene.metaverse);
		let payees = vec![
			scene.founder.clone(),
			raiser.owner,
			startup,
			T::Treasury::get(),
		];
		scene.make_new(&payees);
		Ok((scene, payees))
	}

	/// A campaign that everybody has left, since nobody had voted. Its milestone was shown late, so the
	/// bond is lost, but no investor is left to have it and the treasury can take none. A dispute is
	/// open. Tells who gets the bonds.
	fn deserted() -> Result<(Self, Vec<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::active(0)?;
		wait::<T>(StoredRules::<T>::get().max_duration);
		scene.submit()?;
		wait::<T>(scene.terms.voting);
		// Too few have voted, so they are asked again.
		scene.step()?;
		Pallet::<T>::raise_dispute(signed::<T>(&leader.owner), leader.position)?;
		wait::<T>(scene.terms.voting);
		Pallet::<T>::exit(signed::<T>(&leader.owner), leader.position)?;
		let campaign = scene.campaign()?;
		let round = Rounds::<T>::get(scene.campaign).ok_or("the vote is not settled")?;
		assert!(campaign.units.is_zero());
		assert!(Pallet::<T>::is_due(&campaign, &round.asked_at));

		let payees = vec![scene.founder.clone(), leader.owner];
		scene.make_new(&payees);
		let treasury = T::Treasury::get();
		T::BenchmarkHelper::fund(&scene.terms.asset, &treasury, scene.terms.goal);
		T::BenchmarkHelper::set_blocked(&scene.terms.asset, &treasury, true);
		Ok((scene, payees))
	}

	/// A campaign that was given up when neither bond could be received. Everybody has claimed, and
	/// nothing is left but the bonds and dust of the revenue. Tells who is paid at its end.
	fn claimed(crowd: u32) -> Result<(Self, Vec<T::AccountId>), BenchmarkError> {
		let (scene, leader) = Self::earning(crowd)?;
		let raiser = scene.stake(account("crowd", 0, 0))?;
		scene.submit()?;
		Pallet::<T>::raise_dispute(signed::<T>(&raiser.owner), raiser.position)?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, false)?;
		wait::<T>(scene.terms.voting);
		wait::<T>(StoredRules::<T>::get().max_dispute);
		let mut payees = vec![scene.founder.clone(), raiser.owner];
		for who in &payees {
			T::BenchmarkHelper::set_blocked(&scene.terms.asset, who, true);
		}
		Pallet::<T>::abandon(signed::<T>(&scene.founder), scene.campaign)?;
		for who in &payees {
			T::BenchmarkHelper::set_blocked(&scene.terms.asset, who, false);
		}
		Pallet::<T>::claim(signed::<T>(&leader.owner), leader.position)?;
		for number in 0..crowd {
			let stake = scene.stake(account("crowd", number, 0))?;
			Pallet::<T>::claim(signed::<T>(&stake.owner), stake.position)?;
		}
		payees.push(T::Treasury::get());
		scene.make_new(&payees);
		Ok((scene, payees))
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

	fn campaign(&self) -> Result<CampaignOf<T>, BenchmarkError> {
		Ok(Campaigns::<T>::get(self.campaign).ok_or("the campaign exists")?)
	}

	fn phase(&self) -> Result<Phase, BenchmarkError> {
		let campaign = self.campaign()?;
		Ok(Pallet::<T>::phase(
			self.campaign,
			&campaign,
			&Pallet::<T>::now(),
		))
	}

	/// Version and hash of the terms that count.
	fn agreed(&self) -> Result<(u8, H256), BenchmarkError> {
		let campaign = self.campaign()?;
		Ok((campaign.version, campaign.terms_hash))
	}

	/// Takes the campaign's asset from those who will be paid in it, and from the treasury the native
	/// token too, for it may have nothing at all.
	fn make_new(&self, payees: &[T::AccountId]) {
		for payee in payees {
			strip::<T>(&self.terms.asset, payee);
		}
		strip::<T>(&AssetKind::Native, &T::Treasury::get());
	}

	/// Whether all of them have the campaign's asset.
	fn have_asset(&self, payees: &[T::AccountId]) -> bool {
		let balance = |payee| T::Tokens::balance(self.terms.asset.clone(), payee);
		payees.iter().all(|payee| !balance(payee).is_zero())
	}

	/// What is on hold in the pot for a reason.
	fn on_hold(&self, reason: HoldReason) -> Result<Balance, BenchmarkError> {
		Ok(Pallet::<T>::on_hold(
			self.campaign,
			&self.campaign()?,
			reason,
		))
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

	/// Somebody who is not in yet and agrees to the terms that count: who, how much, and which terms.
	fn agree(&self) -> Result<(T::AccountId, Balance, u8, H256), BenchmarkError> {
		let investor = self.investor("investor", 0);
		assert!(!PositionOfOwner::<T>::contains_key(
			&investor,
			self.campaign
		));
		let (version, hash) = self.agreed()?;
		Ok((investor, self.terms.goal, version, hash))
	}

	/// The position of somebody who has put in so much.
	fn committed(
		&self,
		investor: T::AccountId,
		amount: Balance,
	) -> Result<PositionOf<T>, BenchmarkError> {
		let stake = self.stake(investor)?;
		let position = Positions::<T>::get(stake.position).ok_or("just made")?;
		assert_eq!(position.units, amount);
		Ok(position)
	}

	/// Whether a position is gone and whoever was paid has the asset.
	fn has_left(&self, position: PositionId, payee: T::AccountId) -> bool {
		!Positions::<T>::contains_key(position) && self.have_asset(&[payee])
	}

	/// Whether a share was claimed, and revenue.
	fn has_shared(&self) -> Result<bool, BenchmarkError> {
		let money = self.campaign()?.money;
		Ok(!money.claimed.is_zero() && !money.revenue_claimed.is_zero())
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

	/// The large investor who makes the campaign reach its goal.
	fn lead(&self) -> Result<Stake<T::AccountId>, BenchmarkError> {
		self.join("leader", 0, self.terms.goal)
	}

	fn succeed(&self) -> Result<(), BenchmarkError> {
		wait::<T>(self.terms.period);
		self.step()?;
		self.ensure(State::Active);
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
		let scene = Scene::<T>::empty(T::BenchmarkHelper::asset(), Permill::zero())?;
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
		let agreement = Agreements::<T>::get(scene.campaign).ok_or("it was drafted")?;
		assert_eq!(agreement.milestones.len() as u32, MAX_MILESTONES);
		assert!(matches!(
			agreement.policy,
			Policy::Attested { limits, affiliates, .. }
				if limits.len() as u32 == MAX_CLASSES && affiliates.len() as u32 == MAX_AFFILIATES
		));
		Ok(())
	}

	/// The pot is made, in both tokens.
	#[benchmark]
	fn open() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::draft(Permill::zero())?;
		let pot = Pallet::<T>::pot(scene.campaign);
		assert!(!exists::<T>(&pot));
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::Funding);
		assert!(exists::<T>(&pot));
		assert_eq!(scene.on_hold(HoldReason::Bond)?, scene.terms.bond);
		Ok(())
	}

	/// By somebody who has bought the metaverse; the deposit is another one's.
	#[benchmark]
	fn discard() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::draft(Permill::zero())?;
		let buyer = rich::<T>("buyer", 0);
		T::BenchmarkHelper::transfer_metaverse(scene.metaverse, &scene.founder, &buyer);
		assert_eq!(scene.campaign()?.sponsor, scene.founder);
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), scene.campaign);
		assert!(!Campaigns::<T>::contains_key(scene.campaign));
		assert!(!LiveCampaignBy::<T>::contains_key(&scene.founder));
		Ok(())
	}

	/// A new position of an attested person.
	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open(CROWD, Permill::zero())?;
		let (investor, amount, version, hash) = scene.agree()?;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(investor.clone()),
			scene.campaign,
			amount,
			amount,
			version,
			hash,
		);
		let position = scene.committed(investor, amount)?;
		assert!(position.subject.is_some());
		Ok(())
	}

	/// A new position where nobody has to be attested.
	#[benchmark]
	fn commit_open() -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open_for_everyone(T::BenchmarkHelper::asset(), CROWD)?;
		let (investor, amount, version, hash) = scene.agree()?;
		#[extrinsic_call]
		commit(
			RawOrigin::Signed(investor.clone()),
			scene.campaign,
			amount,
			amount,
			version,
			hash,
		);
		let position = scene.committed(investor, amount)?;
		assert!(position.subject.is_none());
		Ok(())
	}

	#[benchmark(extra)]
	fn commit_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let scene = Scene::<T>::open(p, Permill::zero())?;
		let (investor, amount, version, hash) = scene.agree()?;
		#[extrinsic_call]
		commit(
			RawOrigin::Signed(investor.clone()),
			scene.campaign,
			amount,
			amount,
			version,
			hash,
		);
		scene.committed(investor, amount)?;
		Ok(())
	}

	/// Everything, by somebody who has nothing of the asset any more.
	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		let amount = scene.terms.goal;
		let payees = [leader.owner.clone()];
		scene.make_new(&payees);
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position, amount);
		assert!(!Positions::<T>::contains_key(leader.position));
		assert!(scene.have_asset(&payees));
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
		assert!(scene.campaign()?.stale >= scene.terms.goal);
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
		assert_eq!(scene.campaign()?.units, position.units);
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

	/// By the founder, to whom the bond goes back.
	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::full(CROWD, Permill::zero())?;
		let payees = [scene.founder.clone()];
		scene.make_new(&payees);
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::Failed);
		assert!(scene.have_asset(&payees));
		Ok(())
	}

	/// The bond of a dispute that has run out, the two payments of the last tranche, and the founder's
	/// bond.
	#[benchmark]
	fn advance() -> Result<(), BenchmarkError> {
		let (scene, payees) = Scene::<T>::payable(CROWD)?;
		assert!(Disputes::<T>::contains_key(scene.campaign));
		assert!(Petitions::<T>::contains_key(scene.campaign));
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		scene.ensure(State::Completed);
		assert!(!Disputes::<T>::contains_key(scene.campaign));
		assert!(!Petitions::<T>::contains_key(scene.campaign));
		assert!(scene.have_asset(&payees));
		Ok(())
	}

	#[benchmark(extra)]
	fn advance_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::payable(p)?;
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
		let (scene, voter) = Scene::<T>::voting(CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(voter.owner), voter.position, true);
		let round = Rounds::<T>::get(scene.campaign).ok_or("the vote is open")?;
		assert_eq!((round.yes, round.no), (units::<T>(voter.position), 0));
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

	/// To an account that does not exist yet. A signature is struck out.
	#[benchmark]
	fn exit() -> Result<(), BenchmarkError> {
		let (scene, overruled) = Scene::<T>::grace(CROWD)?;
		let dest = newcomer::<T>("dest");
		let to = lookup::<T>(&dest);
		let position = Positions::<T>::get(overruled.position).ok_or("still there")?;
		let signatures = || Petitions::<T>::get(scene.campaign).map(|petition| petition.units);
		assert_eq!(signatures(), Some(position.units));
		#[extrinsic_call]
		exit_to(RawOrigin::Signed(overruled.owner), overruled.position, to);
		assert!(!Positions::<T>::contains_key(overruled.position));
		assert_eq!(signatures(), Some(0));
		assert!(!scene.campaign()?.money.revenue_claimed.is_zero());
		assert!(exists::<T>(&dest) && scene.have_asset(&[dest]));
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

	/// After a wind-down, by somebody who has nothing of the asset any more.
	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(T::BenchmarkHelper::asset(), CROWD)?;
		scene.make_new(&[leader.owner.clone()]);
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner.clone()), leader.position);
		assert!(scene.has_left(leader.position, leader.owner) && scene.has_shared()?);
		Ok(())
	}

	/// The same in the native token.
	#[benchmark]
	fn claim_native() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(AssetKind::Native, CROWD)?;
		#[extrinsic_call]
		claim(RawOrigin::Signed(leader.owner.clone()), leader.position);
		assert!(scene.has_left(leader.position, leader.owner) && scene.has_shared()?);
		Ok(())
	}

	#[benchmark(extra)]
	fn claim_among(p: Linear<1, MAX_CROWD>) -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(T::BenchmarkHelper::asset(), p)?;
		scene.make_new(&[leader.owner.clone()]);
		#[extrinsic_call]
		claim(RawOrigin::Signed(leader.owner.clone()), leader.position);
		assert!(scene.has_left(leader.position, leader.owner));
		Ok(())
	}

	/// After a failure, by somebody who has nothing of the asset any more.
	#[benchmark]
	fn claim_refund() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::cancelled(T::BenchmarkHelper::asset())?;
		scene.make_new(&[leader.owner.clone()]);
		#[extrinsic_call]
		claim(RawOrigin::Signed(leader.owner.clone()), leader.position);
		assert!(scene.has_left(leader.position, leader.owner));
		assert_eq!(scene.campaign()?.money.refunded, scene.terms.goal);
		Ok(())
	}

	/// The same in the native token.
	#[benchmark]
	fn claim_refund_native() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::cancelled(AssetKind::Native)?;
		#[extrinsic_call]
		claim(RawOrigin::Signed(leader.owner.clone()), leader.position);
		assert!(scene.has_left(leader.position, leader.owner));
		assert_eq!(scene.campaign()?.money.refunded, scene.terms.goal);
		Ok(())
	}

	/// As a first payment makes it, whatever it is paid in.
	#[benchmark]
	fn make_account() {
		let who = newcomer::<T>("dest");
		#[block]
		{
			frame_system::Pallet::<T>::inc_providers(&who);
		}
		assert!(exists::<T>(&who));
	}

	/// Of a person whose money counted for the limits of its class. The terms are read too: they are longer
	/// than where everyone is let in.
	#[benchmark]
	fn forget_person() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::full(CROWD, Permill::zero())?;
		let campaign = scene.campaign()?;
		let position = Positions::<T>::get(leader.position).ok_or("just made")?;
		let (person, _) = position.subject.ok_or("attested")?;
		#[block]
		{
			let agreement = Agreements::<T>::get(scene.campaign).ok_or("there are terms")?;
			Pallet::<T>::forget_for_person(&agreement.policy, &campaign, &position);
			PositionOfPerson::<T>::remove(scene.campaign, person);
		}
		assert!(!PositionOfPerson::<T>::contains_key(scene.campaign, person));
		Ok(())
	}

	/// One that as many agents as there can be may transfer.
	#[benchmark]
	fn burn_receipt() -> Result<(), BenchmarkError> {
		let (_, leader) = Scene::<T>::active(CROWD)?;
		leader.mint_receipt::<T>()?;
		let collection = ReceiptCollection::<T>::get().ok_or("the first receipt made it")?;
		for number in 0..<T as pallet_nfts::Config>::ApprovalsLimit::get() {
			pallet_nfts::Pallet::<T>::approve_transfer(
				signed::<T>(&leader.owner),
				collection,
				leader.position,
				lookup::<T>(&account("agent", number, 0)),
				None,
			)?;
		}
		let burned;
		#[block]
		{
			burned = Pallet::<T>::burn_receipt(leader.position);
		}
		burned?;
		assert!(pallet_nfts::Pallet::<T>::owner(collection, leader.position).is_none());
		Ok(())
	}

	#[benchmark(extra)]
	fn claim_for() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::wound_down(T::BenchmarkHelper::asset(), CROWD)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), leader.position);
		assert!(!Positions::<T>::contains_key(leader.position));
		Ok(())
	}

	/// When the vote is over and not settled. The treasury cannot take the bond that is lost, so it goes
	/// back, and so does that of a dispute that has run out.
	#[benchmark]
	fn abandon() -> Result<(), BenchmarkError> {
		let (scene, payees) = Scene::<T>::deserted()?;
		wait::<T>(StoredRules::<T>::get().max_dispute);
		assert_eq!(scene.phase()?, Phase::Decided);
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.founder.clone()), scene.campaign);
		scene.ensure(State::WindDown);
		assert!(!Disputes::<T>::contains_key(scene.campaign));
		assert!(scene.have_asset(&payees));
		Ok(())
	}

	/// In the grace window, in which the agreement says what the vote has led to.
	#[benchmark]
	fn raise_dispute() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::active(CROWD)?;
		let raiser = scene.stake(account("crowd", 0, 0))?;
		scene.submit()?;
		Pallet::<T>::vote(signed::<T>(&leader.owner), leader.position, true)?;
		wait::<T>(scene.terms.voting);
		assert_eq!(scene.phase()?, Phase::Grace);
		#[extrinsic_call]
		_(RawOrigin::Signed(raiser.owner), raiser.position);
		assert!(Disputes::<T>::contains_key(scene.campaign));
		Ok(())
	}

	/// The end of the campaign. The treasury cannot take the bond that is lost, so both go back.
	#[benchmark]
	fn resolve_dispute() -> Result<(), BenchmarkError> {
		let (scene, payees) = Scene::<T>::deserted()?;
		let origin = arbiter::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, scene.campaign, Ruling::WindDown);
		scene.ensure(State::WindDown);
		assert_eq!(scene.campaign()?.money.bond_returned, scene.terms.bond);
		assert!(!Disputes::<T>::contains_key(scene.campaign));
		assert!(scene.have_asset(&payees));
		Ok(())
	}

	/// The signature with which the vote begins.
	#[benchmark]
	fn call_no_confidence() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::active(CROWD)?;
		let first = scene.stake(account("crowd", 0, 0))?;
		Pallet::<T>::call_no_confidence(signed::<T>(&first.owner), first.position)?;
		assert!(Petitions::<T>::contains_key(scene.campaign));
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		assert!(scene.has_round());
		assert!(!Petitions::<T>::contains_key(scene.campaign));
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
		assert!(!ReceiptCollection::<T>::exists());
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		assert!(ReceiptCollection::<T>::exists());
		assert!(Positions::<T>::get(leader.position).is_some_and(|position| position.receipt));
		Ok(())
	}

	/// With a receipt, from one attested person to another, from whom nothing is on hold yet.
	#[benchmark]
	fn transfer_position() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::active(CROWD)?;
		leader.mint_receipt::<T>()?;
		let receiver = scene.investor("receiver", 0);
		let to = lookup::<T>(&receiver);
		let held = <T::Native as fungible::InspectHold<T::AccountId>>::total_balance_on_hold;
		assert!(held(&receiver).is_zero());
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position, to);
		assert!(!held(&receiver).is_zero());
		assert_eq!(scene.stake(receiver)?.position, leader.position);
		Ok(())
	}

	/// The first revenue, with which its hold begins.
	#[benchmark]
	fn deposit_revenue() -> Result<(), BenchmarkError> {
		let (scene, _) = Scene::<T>::active(CROWD)?;
		let amount = scene.terms.goal;
		assert!(scene.on_hold(HoldReason::Revenue)?.is_zero());
		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.founder.clone()),
			scene.campaign,
			amount,
		);
		assert_eq!(scene.campaign()?.money.revenue, amount);
		Ok(())
	}

	/// By somebody who has nothing of the asset any more.
	#[benchmark]
	fn claim_revenue() -> Result<(), BenchmarkError> {
		let (scene, leader) = Scene::<T>::earning(CROWD)?;
		let payees = [leader.owner.clone()];
		scene.make_new(&payees);
		#[extrinsic_call]
		_(RawOrigin::Signed(leader.owner), leader.position);
		assert!(!scene.campaign()?.money.revenue_claimed.is_zero());
		assert!(scene.have_asset(&payees));
		Ok(())
	}

	/// After a wind-down: both bonds go back; dust of the revenue and both least balances are swept up.
	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (scene, payees) = Scene::<T>::claimed(CROWD)?;
		let campaign = scene.campaign()?;
		assert!(!campaign.bond.is_zero() && !campaign.dispute_bond.is_zero());
		assert!(!scene.on_hold(HoldReason::Revenue)?.is_zero());
		#[extrinsic_call]
		_(RawOrigin::Signed(scene.attester.clone()), scene.campaign);
		assert!(!Campaigns::<T>::contains_key(scene.campaign));
		assert!(!Disputes::<T>::contains_key(scene.campaign));
		assert!(!exists::<T>(&Pallet::<T>::pot(scene.campaign)));
		assert!(scene.have_asset(&payees));
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
