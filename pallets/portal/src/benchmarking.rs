//! Benchmarks of every call, in the worst case: indexes with one place left, gates on parcels at both
//! ends, a town's rule or a former owner to look at, tolls in an asset, the longest proof.

use alloc::{vec, vec::Vec};
use binary_merkle_tree::merkle_proof;
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use madang_primitives::{
	portal::{
		Access, DestinationInput, Direction, GateInput, PortalState, Proof, Rate, Split, Toll, Way,
		MAX_PORTALS, MAX_SPAWN_LEN,
	},
	Balance, MetaverseId, ParcelId,
};
use sp_runtime::{
	traits::{BlakeTwo256, One, StaticLookup},
	Permill,
};

use super::*;

/// What the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// Gives somebody enough of the native token and of an asset that tolls may be paid in, and makes
	/// sure that the treasury exists in both; tells which asset.
	fn fund(who: &AccountId) -> madang_primitives::escrow::AssetKind;

	/// Registers a metaverse for an account that has money, and claims a parcel in it. The metaverse's
	/// own account can receive the asset.
	fn metaverse_with_parcel(owner: &AccountId) -> (MetaverseId, ParcelId);

	/// Makes another account the owner of a metaverse and of a parcel in it.
	fn sell(metaverse: MetaverseId, parcel: ParcelId, from: &AccountId, to: &AccountId);

	/// Lets blocks pass.
	fn advance(blocks: u32);
}

/// A toll that every payee can receive a part of.
const TOLL: Balance = 1_000_000_000_000;

/// Accounts on the list: the proof of the last one has as many hashes as a list of this size can have.
const LISTED: u32 = 1 << 10;

/// Two startups with a world and a parcel each.
struct Stage<T: Config> {
	asker: T::AccountId,
	answerer: T::AccountId,
	source: GateInput,
	destination: GateInput,
	asset: madang_primitives::escrow::AssetKind,
}

impl<T: Config> Stage<T> {
	fn new() -> Self {
		let (asker, answerer) = (account("asker", 0, 0), account("answerer", 0, 0));
		let asset = T::BenchmarkHelper::fund(&asker);
		T::BenchmarkHelper::fund(&answerer);
		let gate = |owner| {
			let (metaverse, parcel) = T::BenchmarkHelper::metaverse_with_parcel(owner);
			GateInput {
				metaverse,
				parcel: Some(parcel),
				spawn: vec![b's'; MAX_SPAWN_LEN as usize],
			}
		};
		let (source, destination) = (gate(&asker), gate(&answerer));
		Self {
			asker,
			answerer,
			source,
			destination,
			asset,
		}
	}

	fn terms(&self, access: Access) -> TermsOf<T> {
		let part = Permill::from_percent(49);
		TermsOf::<T> {
			direction: Direction::TwoWay,
			toll: Some(Toll {
				asset: self.asset.clone(),
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
			expires_at: None,
			notice: T::MinNotice::get(),
		}
	}

	/// Fills both indexes with portals out of this chain and of other metaverses, up to one place.
	fn crowd(&self) {
		let link = Link {
			portal: u32::MAX,
			other: Some(u32::MAX),
			two_way: true,
			for_everyone: true,
			toll: Some((self.asset.clone(), TOLL)),
		};
		let links = || Links::truncate_from(vec![link.clone(); MAX_PORTALS as usize - 1]);
		for metaverse in [self.source.metaverse, self.destination.metaverse] {
			PortalsFrom::<T>::insert(metaverse, links());
			PortalsTo::<T>::insert(metaverse, links());
		}
	}

	fn propose(&self, access: Access) -> Result<PortalId, BenchmarkError> {
		let id = NextPortal::<T>::get();
		Pallet::<T>::propose(
			RawOrigin::Signed(self.asker.clone()).into(),
			self.source.clone(),
			DestinationInput::Gate(self.destination.clone()),
			self.terms(access),
		)?;
		Ok(id)
	}

	fn open(&self, access: Access) -> Result<PortalId, BenchmarkError> {
		self.crowd();
		let id = self.propose(access)?;
		Pallet::<T>::accept(RawOrigin::Signed(self.answerer.clone()).into(), id, 1)?;
		Ok(id)
	}
}

use madang_primitives::portal::PortalId;

fn lookup<T: Config>(who: &T::AccountId) -> AccountIdLookupOf<T> {
	T::Lookup::unlookup(who.clone())
}

/// A visitor with money, the list on which the visitor stands last, and the proof.
fn listed<T: Config>() -> (T::AccountId, Access, Proof) {
	let visitor: T::AccountId = account("visitor", 0, 0);
	T::BenchmarkHelper::fund(&visitor);
	let leaves: Vec<_> = (1..LISTED)
		.map(|number| account("listed", number, 0))
		.chain([visitor.clone()])
		.map(|who| Pallet::<T>::allowlist_leaf(who).encode())
		.collect();
	let proof = merkle_proof::<BlakeTwo256, _, _>(leaves, LISTED - 1);
	let access = Access::Allowlist {
		root: proof.root,
		leaves: LISTED,
	};
	let proof = Proof::Allowlist {
		leaf_index: LISTED - 1,
		nodes: BoundedVec::truncate_from(proof.proof),
	};
	(visitor, access, proof)
}

/// A portal and a visitor with a pass for it.
fn with_pass<T: Config>() -> Result<(Stage<T>, PortalId, T::AccountId, Proof), BenchmarkError> {
	let stage = Stage::<T>::new();
	let (visitor, access, proof) = listed::<T>();
	let id = stage.open(access)?;
	travel::<T>(&visitor, id, proof.clone())?;
	Ok((stage, id, visitor, proof))
}

fn travel<T: Config>(
	visitor: &T::AccountId,
	id: PortalId,
	proof: Proof,
) -> Result<(), BenchmarkError> {
	let visitor = RawOrigin::Signed(visitor.clone()).into();
	Ok(Pallet::<T>::travel(
		visitor,
		id,
		1,
		Way::There,
		TOLL,
		proof,
	)?)
}

/// Lets so many blocks pass that every pass is over.
fn outlast_passes<T: Config>() {
	let blocks = T::PassLifetime::get().try_into().unwrap_or(u32::MAX);
	T::BenchmarkHelper::advance(blocks);
}

#[benchmarks(where BlockNumberFor<T>: TryInto<u32>)]
mod benches {
	use super::*;

	#[benchmark]
	fn propose() -> Result<(), BenchmarkError> {
		let mut stage = Stage::<T>::new();
		stage.crowd();
		// Both worlds of the same owner: the portal opens at once.
		let destination = stage.destination.clone();
		let parcel = destination.parcel.ok_or(BenchmarkError::Weightless)?;
		T::BenchmarkHelper::sell(destination.metaverse, parcel, &stage.answerer, &stage.asker);
		stage.answerer = stage.asker.clone();
		let terms = stage.terms(Access::Open);
		let id = NextPortal::<T>::get();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(stage.asker.clone()),
			stage.source.clone(),
			DestinationInput::Gate(destination),
			terms,
		);
		assert!(Portals::<T>::get(id).is_some_and(|portal| portal.agreement.is_some()));
		Ok(())
	}

	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		stage.crowd();
		let id = stage.propose(Access::Open)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.answerer.clone()), id, 1);
		assert!(Portals::<T>::get(id).is_some_and(|portal| portal.agreement.is_some()));
		Ok(())
	}

	#[benchmark]
	fn amend() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		let parcel = stage.destination.parcel.ok_or(BenchmarkError::Weightless)?;
		T::BenchmarkHelper::sell(
			stage.destination.metaverse,
			parcel,
			&stage.answerer,
			&stage.asker,
		);
		let terms = stage.terms(Access::Open);
		// An offer of the other side stands, and is replaced.
		Offers::<T>::insert(
			id,
			Offer {
				version: 2,
				terms: terms.clone(),
				expires_at: T::OfferLifetime::get(),
				consents: Consents::default(),
				deposit: None,
			},
		);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.asker.clone()), id, terms);
		let agreement = Portals::<T>::get(id).and_then(|portal| portal.agreement);
		assert!(agreement.is_some_and(|agreement| agreement.version > 1));
		Ok(())
	}

	#[benchmark]
	fn pause() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.answerer.clone()), id);
		assert_eq!(
			Pallet::<T>::api_get(id).map(|view| view.state),
			Some(PortalState::Paused)
		);
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		Pallet::<T>::pause(RawOrigin::Signed(stage.answerer.clone()).into(), id)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.answerer.clone()), id);
		assert_eq!(
			Pallet::<T>::api_get(id).map(|view| view.state),
			Some(PortalState::Open)
		);
		Ok(())
	}

	#[benchmark]
	fn affirm() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		let buyer: T::AccountId = account("buyer", 0, 0);
		T::BenchmarkHelper::fund(&buyer);
		let parcel = stage.destination.parcel.ok_or(BenchmarkError::Weightless)?;
		T::BenchmarkHelper::sell(stage.destination.metaverse, parcel, &stage.answerer, &buyer);
		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), id);
		assert_eq!(
			Pallet::<T>::api_get(id).map(|view| view.state),
			Some(PortalState::Open)
		);
		Ok(())
	}

	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		let buyer: T::AccountId = account("buyer", 0, 0);
		T::BenchmarkHelper::fund(&buyer);
		let parcel = stage.destination.parcel.ok_or(BenchmarkError::Weightless)?;
		// Stale, so it is removed at once.
		T::BenchmarkHelper::sell(stage.destination.metaverse, parcel, &stage.answerer, &buyer);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.asker.clone()), id);
		assert!(!Portals::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn travel() -> Result<(), BenchmarkError> {
		let (_, id, visitor, proof) = with_pass::<T>()?;
		outlast_passes::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(visitor.clone()),
			id,
			1,
			Way::There,
			TOLL,
			proof,
		);
		assert!(Passes::<T>::get(id, visitor).is_some_and(|pass| pass.toll.is_some()));
		Ok(())
	}

	#[benchmark]
	fn admit() -> Result<(), BenchmarkError> {
		let (stage, id, visitor, _) = with_pass::<T>()?;
		let who = lookup::<T>(&visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.answerer.clone()), id, who);
		assert!(Passes::<T>::get(id, visitor).is_some_and(|pass| pass.fate == Fate::Used));
		Ok(())
	}

	#[benchmark]
	fn refuse() -> Result<(), BenchmarkError> {
		let (stage, id, visitor, _) = with_pass::<T>()?;
		let who = lookup::<T>(&visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.answerer.clone()), id, who);
		assert!(!Passes::<T>::contains_key(id, visitor));
		Ok(())
	}

	#[benchmark]
	fn reap() -> Result<(), BenchmarkError> {
		let stage = Stage::<T>::new();
		let id = stage.open(Access::Open)?;
		Pallet::<T>::close(RawOrigin::Signed(stage.asker.clone()).into(), id)?;
		let notice = T::MinNotice::get().try_into().unwrap_or(u32::MAX);
		T::BenchmarkHelper::advance(notice);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.asker.clone()), id);
		assert!(!Portals::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn reap_pass() -> Result<(), BenchmarkError> {
		let (stage, id, visitor, _) = with_pass::<T>()?;
		outlast_passes::<T>();
		let who = lookup::<T>(&visitor);
		#[extrinsic_call]
		_(RawOrigin::Signed(stage.asker.clone()), id, who);
		assert!(!Passes::<T>::contains_key(id, visitor));
		Ok(())
	}
}
