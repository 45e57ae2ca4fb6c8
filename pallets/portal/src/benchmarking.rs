//! Benchmarks of every call on its dearest way: indexes with one place left and full lists of managers;
//! gates on parcels at both ends, and a town that agrees by its rule; deposits of three people to give
//! back; tolls for accounts that have nothing of their asset yet. `travel` is measured on its cheapest way,
//! and what some visits need besides is measured for itself.

use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::InspectHold as _,
		fungibles::{Inspect as _, InspectHold as _},
		Get,
	},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use madang_primitives::{
	escrow::AssetKind,
	portal::{
		Access, DestinationInput, Direction, GateInput, Party, PortalId, PortalState, Proof, Rate,
		Split, Toll, Version, Way, MAX_PORTALS, MAX_PROOF_LEN, MAX_SPAWN_LEN,
	},
	traits::Metaverses,
	Balance, CollectionId, MetaverseId, ParcelId,
};
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, One, StaticLookup, TypedGet, Zero},
	Permill, SaturatedConversion,
};

use super::*;

/// What the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// An asset that tolls may be paid in, another one for each number. Whoever has some of it needs
	/// nothing else if it is sufficient; otherwise the native token as well.
	fn asset(number: u32, sufficient: bool) -> AssetKind;

	/// Lets somebody have so much of an asset, or of the native token, to spend.
	fn set_balance(asset: &AssetKind, who: &AccountId, amount: Balance);

	/// Registers a metaverse with as many managers as it can have, claims a parcel in it, and launches
	/// it. The account can pay for that.
	fn launch_metaverse(owner: &AccountId) -> (MetaverseId, ParcelId);

	/// Claims a parcel in a town with as many managers as it can have. The account can pay for that.
	fn claim_in_town(owner: &AccountId) -> (MetaverseId, ParcelId);

	/// Makes another account, which can pay the deposit, the owner of a metaverse.
	fn transfer_metaverse(id: MetaverseId, from: &AccountId, to: &AccountId);

	/// Makes another account the owner of a parcel.
	fn transfer_parcel(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId);

	/// The collection of `pallet-nfts` whose items are the parcels of a metaverse.
	fn collection(metaverse: MetaverseId) -> CollectionId;

	/// Lets blocks pass.
	fn advance(blocks: u32);
}

/// A toll of which every payee can receive its part.
const TOLL: Balance = 1_000_000_000_000;

/// Enough for every deposit and toll here.
const PLENTY: Balance = 1_000_000 * TOLL;

/// A parcel on which a gate stands: its metaverse and its id.
type Plot = (MetaverseId, ParcelId);

fn gate(plot: Plot) -> GateInput {
	gate_in(plot, true)
}

/// A gate on the parcel, or anywhere in its metaverse.
fn gate_in((metaverse, parcel): Plot, on_land: bool) -> GateInput {
	GateInput {
		metaverse,
		parcel: on_land.then_some(parcel),
		// Letters of two bytes are dearer to check than ASCII.
		spawn: "é".repeat(MAX_SPAWN_LEN as usize / 2).into_bytes(),
	}
}

/// Somebody with a lot of the native token.
fn person<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	T::BenchmarkHelper::set_balance(&AssetKind::Native, &who, PLENTY);
	who
}

fn lookup<T: Config>(who: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(who.clone())
}

fn terms<T: Config>(asset: AssetKind, access: Access) -> TermsOf<T> {
	let part = Permill::from_percent(49);
	TermsOf::<T> {
		direction: Direction::TwoWay,
		toll: Some(Toll {
			asset,
			amount: TOLL,
			split: Split {
				source: part,
				destination: part,
				network: Permill::from_percent(2),
			},
		}),
		access,
		rate: Some(Rate {
			refill: 1,
			window: BlockNumberFor::<T>::one(),
			burst: 10,
		}),
		expires_at: Some(Pallet::<T>::now() + T::OfferLifetime::get()),
		notice: T::MinNotice::get(),
	}
}

fn offer<T: Config>(
	who: &T::AccountId,
	id: PortalId,
	terms: TermsOf<T>,
) -> Result<(), BenchmarkError> {
	Pallet::<T>::amend(RawOrigin::Signed(who.clone()).into(), id, terms)?;
	Ok(())
}

fn agree<T: Config>(
	who: &T::AccountId,
	id: PortalId,
	version: Version,
) -> Result<(), BenchmarkError> {
	Pallet::<T>::accept(RawOrigin::Signed(who.clone()).into(), id, version)?;
	Ok(())
}

fn give<T: Config>((metaverse, parcel): Plot, from: &T::AccountId, to: &T::AccountId) {
	T::BenchmarkHelper::transfer_parcel(metaverse, parcel, from, to);
}

/// Lets so many blocks pass that whatever lasts as long is over.
fn outlast<T: Config>(blocks: BlockNumberFor<T>) {
	T::BenchmarkHelper::advance(blocks.saturated_into());
}

/// What is on hold from somebody for portals and offers.
fn deposits<T: Config>(who: &T::AccountId) -> Balance {
	T::Native::balance_on_hold(&HoldReason::Portal.into(), who)
}

fn is_open<T: Config>(id: PortalId) -> bool {
	let view = Pallet::<T>::api_get(id);
	view.is_some_and(|view| view.state == PortalState::Open)
}

/// Whether the rule of the town in which a portal ends agrees to it.
fn rule_agrees<T: Config>(id: PortalId) -> bool {
	let agreement = Portals::<T>::get(id).and_then(|portal| portal.agreement);
	agreement.is_some_and(|agreement| {
		let consent = agreement.consents.of(Party::DestinationWorld);
		matches!(consent, Some(Consent::Rule))
	})
}

fn is_paused<T: Config>(id: PortalId) -> bool {
	let agreement = Portals::<T>::get(id).and_then(|portal| portal.agreement);
	agreement.is_some_and(|agreement| !agreement.paused.is_empty())
}

/// Two parcels that a portal may join, and their owners at first.
struct Stage<T: Config> {
	asker: T::AccountId,
	answerer: T::AccountId,
	source: Plot,
	destination: Plot,
}

impl<T: Config> Stage<T> {
	/// Two worlds.
	fn between_worlds() -> Self {
		let answerer = person::<T>("answerer");
		let destination = T::BenchmarkHelper::launch_metaverse(&answerer);
		Self::new(person::<T>("asker"), answerer, destination)
	}

	/// A world, and a town in which somebody has a plot.
	fn to_town(asker: T::AccountId, answerer: T::AccountId) -> Self {
		let destination = T::BenchmarkHelper::claim_in_town(&answerer);
		Self::new(asker, answerer, destination)
	}

	fn new(asker: T::AccountId, answerer: T::AccountId, destination: Plot) -> Self {
		let stage = Self {
			source: T::BenchmarkHelper::launch_metaverse(&asker),
			asker,
			answerer,
			destination,
		};
		stage.crowd();
		stage
	}

	/// Fills both indexes of both metaverses with portals that lead elsewhere, up to one place.
	fn crowd(&self) {
		let link = Link {
			portal: u32::MAX,
			other: Some(u32::MAX),
			two_way: true,
			for_everyone: true,
			toll: Some((AssetKind::WithId(u32::MAX), TOLL)),
		};
		let links = || Links::truncate_from(vec![link.clone(); MAX_PORTALS as usize - 1]);
		for (metaverse, _) in [self.source, self.destination] {
			PortalsFrom::<T>::insert(metaverse, links());
			PortalsTo::<T>::insert(metaverse, links());
		}
	}

	/// Who gets a part of each toll.
	fn payees(&self) -> [T::AccountId; 3] {
		[
			T::Metaverses::account(self.source.0),
			T::Metaverses::account(self.destination.0),
			T::Treasury::get(),
		]
	}

	/// An asset of which no payee has anything. The treasury, which may be paid in it all the same, has
	/// nothing at all.
	fn asset(&self, number: u32) -> AssetKind {
		T::BenchmarkHelper::set_balance(&AssetKind::Native, &T::Treasury::get(), 0);
		let asset = T::BenchmarkHelper::asset(number, true);
		assert_eq!(self.owners_of(&asset), 0);
		asset
	}

	/// The same, but one in which only those can be paid who have the native token, so that it is looked
	/// whether the payees do. They do.
	fn dependent_asset(&self) -> AssetKind {
		for payee in self.payees() {
			T::BenchmarkHelper::set_balance(&AssetKind::Native, &payee, PLENTY);
		}
		let asset = T::BenchmarkHelper::asset(0, false);
		assert_eq!(self.owners_of(&asset), 0);
		asset
	}

	/// How many of the payees have some of an asset.
	fn owners_of(&self, asset: &AssetKind) -> usize {
		let has = |who: &T::AccountId| !T::TokenHolds::total_balance(asset.clone(), who).is_zero();
		self.payees().iter().filter(|payee| has(payee)).count()
	}

	fn propose(&self, terms: TermsOf<T>) -> Result<PortalId, BenchmarkError> {
		self.propose_with_gates_on_land(2, terms)
	}

	fn propose_with_gates_on_land(
		&self,
		gates: u32,
		terms: TermsOf<T>,
	) -> Result<PortalId, BenchmarkError> {
		let id = NextPortal::<T>::get();
		Pallet::<T>::propose(
			RawOrigin::Signed(self.asker.clone()).into(),
			gate_in(self.source, gates > 0),
			DestinationInput::Gate(gate_in(self.destination, gates > 1)),
			terms,
		)?;
		Ok(id)
	}

	/// Opens a portal between two worlds.
	fn open(&self, terms: TermsOf<T>) -> Result<PortalId, BenchmarkError> {
		self.open_with_gates_on_land(2, terms)
	}

	fn open_with_gates_on_land(
		&self,
		gates: u32,
		terms: TermsOf<T>,
	) -> Result<PortalId, BenchmarkError> {
		let id = self.propose_with_gates_on_land(gates, terms)?;
		agree::<T>(&self.answerer, id, 1)?;
		Ok(id)
	}

	/// Somebody who owns the parcel where the portal ends and is manager of nothing.
	fn tenant(&self) -> T::AccountId {
		let tenant = account("tenant", 0, 0);
		give::<T>(self.destination, &self.answerer, &tenant);
		tenant
	}
}

/// A portal for which three people have paid.
struct Shared<T: Config> {
	stage: Stage<T>,
	id: PortalId,
	/// Who will end that.
	caller: T::AccountId,
	/// Who paid for its beginning, for its end, and for the offer that waits.
	payers: [T::AccountId; 3],
}

impl<T: Config> Shared<T> {
	/// Only proposed, from a world to a plot in a town. All three have sold what they spoke for; the
	/// caller has both now, so the rule of the town agrees.
	fn proposed() -> Result<Self, BenchmarkError> {
		let [author, heir, caller] = ["author", "heir", "caller"].map(person::<T>);
		let stage = Stage::<T>::to_town(person::<T>("asker"), author.clone());
		let terms = terms::<T>(stage.dependent_asset(), Access::Open);
		let id = stage.propose(terms.clone())?;
		offer::<T>(&author, id, terms)?;
		give::<T>(stage.destination, &author, &heir);
		// Takes the deposit of the end over from the author, but not that of the offer.
		agree::<T>(&heir, id, 2)?;
		give::<T>(stage.destination, &heir, &caller);
		give::<T>(stage.source, &stage.asker, &caller);
		T::BenchmarkHelper::transfer_metaverse(stage.source.0, &stage.asker, &caller);
		let payers = [stage.asker.clone(), heir, author];
		Ok(Self::new(stage, id, caller, payers))
	}

	/// In force between two worlds. The author of an offer to change it has sold the parcel to the
	/// caller, who has not affirmed the portal.
	fn in_force() -> Result<Self, BenchmarkError> {
		let [author, caller] = ["author", "caller"].map(person::<T>);
		let stage = Stage::<T>::between_worlds();
		let terms = terms::<T>(stage.asset(0), Access::Open);
		let id = stage.open(terms.clone())?;
		give::<T>(stage.destination, &stage.answerer, &author);
		offer::<T>(&author, id, terms)?;
		give::<T>(stage.destination, &author, &caller);
		// Takes the deposit of the end back from the author, but not that of the offer.
		agree::<T>(&stage.answerer, id, 2)?;
		let payers = [stage.asker.clone(), stage.answerer.clone(), author];
		Ok(Self::new(stage, id, caller, payers))
	}

	fn new(stage: Stage<T>, id: PortalId, caller: T::AccountId, payers: [T::AccountId; 3]) -> Self {
		let shared = Self {
			stage,
			id,
			caller,
			payers,
		};
		assert!(shared
			.payers
			.iter()
			.all(|payer| !deposits::<T>(payer).is_zero()));
		assert!(deposits::<T>(&shared.caller).is_zero());
		shared
	}

	/// Whether each of the three has everything back.
	fn is_paid_back(&self) -> bool {
		let mut payers = self.payers.iter();
		payers.all(|payer| deposits::<T>(payer).is_zero())
	}
}

/// A visitor of a portal with a toll.
struct Visit<T: Config> {
	stage: Stage<T>,
	id: PortalId,
	visitor: T::AccountId,
	/// The asset of the toll.
	asset: AssetKind,
}

impl<T: Config> Visit<T> {
	/// Without a pass. Everyone is let through for a toll in the native token.
	fn plain(gates_on_land: u32) -> Result<Self, BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let asset = AssetKind::Native;
		let terms = TermsOf::<T> {
			rate: None,
			..terms::<T>(asset.clone(), Access::Open)
		};
		Ok(Self {
			id: stage.open_with_gates_on_land(gates_on_land, terms)?,
			stage,
			visitor: person::<T>("visitor"),
			asset,
		})
	}

	/// With a pass, and with a toll in an asset that nobody else has ever had any of.
	fn new(visitor: T::AccountId) -> Result<Self, BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let asset = stage.asset(1);
		T::BenchmarkHelper::set_balance(&asset, &visitor, PLENTY);
		let id = stage.open(terms::<T>(asset.clone(), Access::Open))?;
		Pallet::<T>::travel(
			RawOrigin::Signed(visitor.clone()).into(),
			id,
			1,
			Way::There,
			TOLL,
			Proof::None,
		)?;
		Ok(Self {
			stage,
			id,
			visitor,
			asset,
		})
	}

	fn pass(&self) -> Option<PassOf<T>> {
		Passes::<T>::get(self.id, &self.visitor)
	}

	/// Whether there is a pass whose toll is on hold.
	fn is_under_way(&self) -> bool {
		let toll = self.pass().and_then(|pass| pass.toll);
		toll.is_some_and(|toll| toll.asset == self.asset)
	}

	/// Whether the toll was paid to all three.
	fn is_paid(&self) -> bool {
		self.stage.owners_of(&self.asset) == 3
	}
}

/// The longest list, and the proof that somebody stands at its end.
fn longest_list<T: Config>(who: &T::AccountId) -> (Access, Proof) {
	let leaves = u32::MAX;
	let nodes = vec![H256::repeat_byte(1); MAX_PROOF_LEN as usize];
	// From the end of the list upwards, whatever lies beside the way lies to the left.
	let leaf = BlakeTwo256::hash_of(&Pallet::<T>::allowlist_leaf(who.clone()));
	let root = nodes
		.iter()
		.fold(leaf, |right, left| BlakeTwo256::hash_of(&(left, right)));
	let proof = Proof::Allowlist {
		leaf_index: leaves - 1,
		nodes: BoundedVec::truncate_from(nodes),
	};
	(Access::Allowlist { root, leaves }, proof)
}

#[benchmarks]
mod benches {
	use super::*;

	/// Opens it at once, because the town in which it ends agrees by its rule.
	#[benchmark]
	fn propose() -> Result<(), BenchmarkError> {
		let owner = person::<T>("owner");
		let stage = Stage::<T>::to_town(owner.clone(), owner);
		let collection = T::BenchmarkHelper::collection(stage.source.0);
		let terms = terms::<T>(stage.dependent_asset(), Access::Holder { collection });
		let id = NextPortal::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.asker.clone()),
			gate(stage.source),
			DestinationInput::Gate(gate(stage.destination)),
			terms,
		);
		assert!(is_open::<T>(id) && rule_agrees::<T>(id));
		assert!(!deposits::<T>(&stage.asker).is_zero());
		Ok(())
	}

	/// Opens it, and three people get deposits back.
	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let shared = Shared::<T>::proposed()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(shared.caller.clone()), shared.id, 2);
		assert!(is_open::<T>(shared.id) && rule_agrees::<T>(shared.id));
		assert!(shared.is_paid_back());
		Ok(())
	}

	/// Opens it, in place of what was proposed, and three people get deposits back.
	#[benchmark]
	fn amend() -> Result<(), BenchmarkError> {
		let shared = Shared::<T>::proposed()?;
		let collection = T::BenchmarkHelper::collection(shared.stage.source.0);
		let asset = shared.stage.dependent_asset();
		let terms = terms::<T>(asset, Access::Holder { collection });
		#[extrinsic_call]
		_(RawOrigin::Signed(shared.caller.clone()), shared.id, terms);
		assert!(is_open::<T>(shared.id) && rule_agrees::<T>(shared.id));
		assert!(shared.is_paid_back());
		Ok(())
	}

	/// By somebody whom neither metaverse has among its managers.
	#[benchmark]
	fn pause() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let id = stage.open(terms::<T>(stage.asset(0), Access::Open))?;
		let tenant = stage.tenant();
		#[extrinsic_call]
		_(RawOrigin::Signed(tenant), id);
		assert!(is_paused::<T>(id));
		Ok(())
	}

	/// By somebody whom neither metaverse has among its managers.
	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let id = stage.open(terms::<T>(stage.asset(0), Access::Open))?;
		let tenant = stage.tenant();
		Pallet::<T>::pause(RawOrigin::Signed(tenant.clone()).into(), id)?;
		assert!(is_paused::<T>(id));
		#[extrinsic_call]
		_(RawOrigin::Signed(tenant), id);
		assert!(!is_paused::<T>(id));
		Ok(())
	}

	/// By somebody who has bought both parcels, and whom neither metaverse has among its managers.
	#[benchmark]
	fn affirm() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let id = stage.open(terms::<T>(stage.asset(0), Access::Open))?;
		let buyer = person::<T>("buyer");
		give::<T>(stage.source, &stage.asker, &buyer);
		give::<T>(stage.destination, &stage.answerer, &buyer);
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), id);
		assert!(is_open::<T>(id));
		assert!(!deposits::<T>(&buyer).is_zero());
		assert!(deposits::<T>(&stage.asker).is_zero());
		assert!(deposits::<T>(&stage.answerer).is_zero());
		Ok(())
	}

	/// Removes it at once, with an offer, and three people get deposits back.
	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let shared = Shared::<T>::in_force()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(shared.caller.clone()), shared.id);
		assert!(!Portals::<T>::contains_key(shared.id));
		assert!(shared.is_paid_back());
		Ok(())
	}

	#[benchmark]
	fn travel(g: Linear<0, 2>) -> Result<(), BenchmarkError> {
		let visit = Visit::<T>::plain(g)?;
		assert!(visit.pass().is_none());
		#[extrinsic_call]
		_(
			RawOrigin::Signed(visit.visitor.clone()),
			visit.id,
			1,
			Way::There,
			TOLL,
			Proof::None,
		);
		assert!(visit.is_under_way());
		Ok(())
	}

	/// At the end of the longest list.
	#[benchmark]
	fn check_list() -> Result<(), BenchmarkError> {
		let visitor = person::<T>("visitor");
		let (access, proof) = longest_list::<T>(&visitor);
		let checked;
		#[block]
		{
			checked = Pallet::<T>::ensure_let_through(&visitor, &access, &proof);
		}
		checked?;
		Ok(())
	}

	#[benchmark]
	fn check_item() -> Result<(), BenchmarkError> {
		let visitor = person::<T>("visitor");
		let (metaverse, item) = T::BenchmarkHelper::launch_metaverse(&visitor);
		let collection = T::BenchmarkHelper::collection(metaverse);
		let (access, proof) = (Access::Holder { collection }, Proof::Item(item));
		let checked;
		#[block]
		{
			checked = Pallet::<T>::ensure_let_through(&visitor, &access, &proof);
		}
		checked?;
		Ok(())
	}

	#[benchmark]
	fn check_rate() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::between_worlds();
		let terms = terms::<T>(AssetKind::Native, Access::Open);
		let rate = terms.rate.clone().ok_or("there is one")?;
		let id = stage.open(terms)?;
		let before = Buckets::<T>::get(id).ok_or("it came with the rate")?.left;
		let taken;
		#[block]
		{
			taken = Pallet::<T>::take_from_bucket(id, &rate);
		}
		taken?;
		let after = Buckets::<T>::get(id).ok_or("it is still there")?.left;
		assert_eq!(after + 1, before);
		Ok(())
	}

	/// In an asset of which the visitor has nothing on hold yet.
	#[benchmark]
	fn hold_asset_toll() -> Result<(), BenchmarkError> {
		let visitor = person::<T>("visitor");
		let asset = T::BenchmarkHelper::asset(1, true);
		T::BenchmarkHelper::set_balance(&asset, &visitor, PLENTY);
		let toll = HeldToll {
			asset,
			source: TOLL,
			destination: 0,
			network: 0,
		};
		let held;
		#[block]
		{
			held = Pallet::<T>::hold_toll(&visitor, &toll);
		}
		held?;
		let on_hold = T::TokenHolds::total_balance_on_hold(toll.asset, &visitor);
		assert_eq!(on_hold, TOLL);
		Ok(())
	}

	/// By the owner of the parcel, whom the metaverse does not have among its managers.
	#[benchmark]
	fn admit() -> Result<(), BenchmarkError> {
		let visit = Visit::<T>::new(person::<T>("visitor"))?;
		let tenant = visit.stage.tenant();
		let who = lookup::<T>(&visit.visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(tenant), visit.id, who);
		assert!(visit.pass().is_some_and(|pass| pass.fate == Fate::Used));
		assert!(visit.is_paid());
		Ok(())
	}

	/// By the owner of the parcel, whom the metaverse does not have among its managers.
	#[benchmark]
	fn refuse() -> Result<(), BenchmarkError> {
		let visit = Visit::<T>::new(person::<T>("visitor"))?;
		let tenant = visit.stage.tenant();
		let who = lookup::<T>(&visit.visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(tenant), visit.id, who);
		assert!(visit.pass().is_none());
		let balance = T::TokenHolds::balance(visit.asset.clone(), &visit.visitor);
		assert_eq!(balance, PLENTY);
		Ok(())
	}

	/// One that has expired, with an offer, and three people get deposits back.
	#[benchmark]
	fn reap() -> Result<(), BenchmarkError> {
		let shared = Shared::<T>::in_force()?;
		outlast::<T>(T::OfferLifetime::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(shared.caller.clone()), shared.id);
		assert!(!Portals::<T>::contains_key(shared.id));
		assert!(shared.is_paid_back());
		Ok(())
	}

	/// One that nobody has used: its toll is paid to all three.
	#[benchmark]
	fn reap_pass() -> Result<(), BenchmarkError> {
		let visit = Visit::<T>::new(person::<T>("visitor"))?;
		outlast::<T>(T::PassLifetime::get());
		let who = lookup::<T>(&visit.visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(visit.stage.asker.clone()), visit.id, who);
		assert!(visit.pass().is_none());
		assert!(visit.is_paid());
		Ok(())
	}
}
