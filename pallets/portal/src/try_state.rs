//! The books of portals, as equations. Each is checked after every test.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::{fungibles::InspectHold, Get},
};
use madang_primitives::{
	deposit::hold_is,
	escrow::AssetKind,
	portal::{Direction, PortalId, Side, MAX_PORTALS},
	traits::Metaverses,
	Balance, MetaverseId, ParcelId,
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchResult,
};

use crate::{pallet::*, Deposit, Fate, Link};

impl<T: Config> Pallet<T> {
	/// Checks every equation. The message names the first one that does not hold.
	pub fn do_try_state() -> DispatchResult {
		Self::check_portals()?;
		Self::check_agreements()?;
		Self::check_offers()?;
		Self::check_links()?;
		Self::check_gates()?;
		Self::check_buckets()?;
		Self::check_passes()?;
		Self::check_deposits()?;
		Self::check_tolls()
	}

	/// P1 to P3: what every portal is.
	fn check_portals() -> DispatchResult {
		for (id, portal) in Portals::<T>::iter() {
			ensure!(
				id < NextPortal::<T>::get(),
				"P1: every id is below the next one"
			);
			let [source, destination] =
				[Side::Source, Side::Destination].map(|side| portal.place(side));
			ensure!(
				source.map(|place| place.metaverse) != destination.map(|place| place.metaverse),
				"P2: the ends of a portal are in different metaverses"
			);
			ensure!(
				portal.agreement.is_some() || Offers::<T>::contains_key(id),
				"P3: a portal is in force or offered"
			);
		}
		Ok(())
	}

	/// P4 to P6: what is in force.
	fn check_agreements() -> DispatchResult {
		for portal in Portals::<T>::iter_values() {
			let Some(agreement) = &portal.agreement else {
				continue;
			};
			ensure!(
				agreement.consents.parties() == portal.required(),
				"P4: exactly those who have a say agreed to what is in force"
			);
			ensure!(
				agreement.paused.without(portal.required()).is_empty()
					&& portal
						.places()
						.all(|place| T::Metaverses::stage(place.metaverse).is_some()),
				"P5: only who has a say pauses, and no metaverse with a portal in force is gone"
			);
			let terms = &agreement.terms;
			let external = portal.place(Side::Destination).is_none();
			ensure!(
				terms.toll.as_ref().is_none_or(|toll| {
					toll.split.is_whole()
						&& !toll.amount.is_zero()
						&& (!external || toll.split.destination.is_zero())
				}) && !(external && terms.direction == Direction::TwoWay)
					&& T::MinNotice::get() <= terms.notice
					&& terms.notice <= T::MaxNotice::get(),
				"P6: the terms in force are sound: parts of a toll are one, notice within bounds"
			);
		}
		Ok(())
	}

	/// P7 and P8: what is offered.
	fn check_offers() -> DispatchResult {
		for (id, offer) in Offers::<T>::iter() {
			let portal = Portals::<T>::get(id);
			ensure!(
				portal.is_some_and(|portal| {
					offer.version == portal.version
						&& portal
							.agreement
							.as_ref()
							.is_none_or(|agreement| agreement.version < offer.version)
						&& offer
							.consents
							.parties()
							.without(portal.required())
							.is_empty()
				}),
				"P7: an offer is the youngest version of its portal, agreed to by who has a say"
			);
		}
		let proposed: BTreeSet<(MetaverseId, PortalId)> = Portals::<T>::iter()
			.filter(|(_, portal)| portal.agreement.is_none())
			.flat_map(|(id, portal)| {
				let places: Vec<_> = portal.places().collect();
				places.into_iter().map(move |place| (place.metaverse, id))
			})
			.collect();
		let listed: BTreeSet<_> = ProposalsOf::<T>::iter_keys().collect();
		ensure!(
			proposed == listed,
			"P8: the proposals of each metaverse = recount of the portals not in force"
		);
		Ok(())
	}

	/// P9 to P11: both indexes against the records.
	fn check_links() -> DispatchResult {
		let mut from: BTreeMap<MetaverseId, BTreeMap<PortalId, Link>> = BTreeMap::new();
		let mut to = from.clone();
		for (id, portal) in Portals::<T>::iter() {
			let Some(agreement) = &portal.agreement else {
				continue;
			};
			for (side, index) in [(Side::Source, &mut from), (Side::Destination, &mut to)] {
				if let Some(place) = portal.place(side) {
					let link = portal.link(id, side, &agreement.terms);
					index.entry(place.metaverse).or_default().insert(id, link);
				}
			}
		}
		let indexed = |links: crate::Links| -> Option<BTreeMap<PortalId, Link>> {
			let len = links.len();
			let map: BTreeMap<_, _> = links.into_iter().map(|link| (link.portal, link)).collect();
			(map.len() == len && !map.is_empty()).then_some(map)
		};
		let read_from: Option<BTreeMap<_, _>> = PortalsFrom::<T>::iter()
			.map(|(id, links)| Some((id, indexed(links)?)))
			.collect();
		let read_to: Option<BTreeMap<_, _>> = PortalsTo::<T>::iter()
			.map(|(id, links)| Some((id, indexed(links)?)))
			.collect();
		ensure!(
			read_from.as_ref() == Some(&from),
			"P9: the index of where portals begin = recount of the portals in force, each once"
		);
		ensure!(
			read_to.as_ref() == Some(&to),
			"P10: the index of where portals end = recount of the portals in force, each once"
		);
		ensure!(
			from.values()
				.chain(to.values())
				.all(|links| links.len() <= MAX_PORTALS as usize),
			"P11: no metaverse has more than 64 portals on a side"
		);
		Ok(())
	}

	/// P12: gates on parcels.
	fn check_gates() -> DispatchResult {
		let mut recount: BTreeMap<(MetaverseId, ParcelId), u32> = BTreeMap::new();
		for portal in Portals::<T>::iter_values().filter(|portal| portal.agreement.is_some()) {
			for place in portal.places() {
				if let Some(parcel) = place.parcel {
					let gates = recount.entry((place.metaverse, parcel)).or_default();
					*gates = gates.saturating_add(1);
				}
			}
		}
		let counted: BTreeMap<_, _> = GatesOn::<T>::iter()
			.map(|(metaverse, parcel, gates)| ((metaverse, parcel), gates))
			.collect();
		ensure!(
			counted == recount,
			"P12: gates on each parcel = recount of the portals in force, and no entry for none"
		);
		Ok(())
	}

	/// P13: buckets.
	fn check_buckets() -> DispatchResult {
		let now = Self::now();
		let mut limited = 0usize;
		for (id, portal) in Portals::<T>::iter() {
			let Some(rate) = portal.agreement.and_then(|agreement| agreement.terms.rate) else {
				continue;
			};
			limited = limited.saturating_add(1);
			ensure!(
				Buckets::<T>::get(id)
					.is_some_and(|bucket| bucket.left <= rate.burst && bucket.since <= now),
				"P13: a portal with a rate has a bucket with at most its burst, not of the future"
			);
		}
		ensure!(
			Buckets::<T>::iter_keys().count() == limited,
			"P13: no bucket without a rate"
		);
		Ok(())
	}

	/// P14: passes.
	fn check_passes() -> DispatchResult {
		let latest = Self::now().saturating_add(T::PassLifetime::get());
		for (id, _, pass) in Passes::<T>::iter() {
			ensure!(
				id < NextPortal::<T>::get()
					&& pass.valid_until <= latest
					&& (pass.fate != Fate::Used || pass.toll.is_none())
					&& (pass.fate != Fate::Refused || pass.toll.is_some())
					&& pass.from().is_some(),
				"P14: a pass is of a portal that was, ends in time, holds no toll once used, and once refused only to give it back"
			);
		}
		Ok(())
	}

	/// P15 and P16: storage deposits.
	fn check_deposits() -> DispatchResult {
		// Every account that exists, so that a hold without a record is found as well.
		let nobody: BTreeMap<T::AccountId, Balance> = frame_system::Account::<T>::iter_keys()
			.map(|account| (account, 0))
			.collect();
		let mut portals = nobody.clone();
		let mut passes = nobody;
		let mut add = |deposit: Option<Deposit<T::AccountId>>| {
			if let Some(Deposit { payer, amount }) = deposit {
				let sum = portals.entry(payer).or_default();
				*sum = sum.saturating_add(amount);
			}
		};
		for portal in Portals::<T>::iter_values() {
			add(portal.source_deposit);
			add(portal.destination_deposit);
		}
		for offer in Offers::<T>::iter_values() {
			add(offer.deposit);
		}
		for (_, who, pass) in Passes::<T>::iter() {
			let sum = passes.entry(who).or_default();
			*sum = sum.saturating_add(pass.deposit);
		}
		let agrees = |reason: HoldReason, sums: BTreeMap<T::AccountId, Balance>| {
			sums.into_iter()
				.all(|(account, sum)| hold_is::<_, T::Native>(&reason.into(), &account, sum))
		};
		ensure!(
			agrees(HoldReason::Portal, portals),
			"P15: on hold for portals = sum of the deposits of portals and offers"
		);
		ensure!(
			agrees(HoldReason::Pass, passes),
			"P16: on hold for passes = sum of the deposits of passes"
		);
		Ok(())
	}

	/// P17: tolls.
	fn check_tolls() -> DispatchResult {
		let mut sums: BTreeMap<(T::AccountId, Vec<u8>), (AssetKind, Balance)> =
			frame_system::Account::<T>::iter_keys()
				.map(|who| {
					let key = codec::Encode::encode(&AssetKind::Native);
					((who, key), (AssetKind::Native, 0))
				})
				.collect();
		for (_, who, pass) in Passes::<T>::iter() {
			if let Some(toll) = pass.toll {
				let key = codec::Encode::encode(&toll.asset);
				let sum = sums
					.entry((who, key))
					.or_insert((toll.asset.clone(), Zero::zero()));
				sum.1 = sum.1.saturating_add(toll.amount());
			}
		}
		for ((who, _), (asset, sum)) in sums {
			let native = asset == AssetKind::Native;
			let held = T::TokenHolds::balance_on_hold(asset, &HoldReason::Toll.into(), &who);
			ensure!(
				held == sum
					|| (native && hold_is::<_, T::Native>(&HoldReason::Toll.into(), &who, sum)),
				"P17: on hold for tolls = sum of the tolls of passes that wait, in each asset"
			);
		}
		Ok(())
	}
}
