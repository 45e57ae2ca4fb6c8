//! Land as single cells: a grid for each territory that says which parcel has which cell.

use std::collections::{BTreeMap, BTreeSet};

use madang_primitives::{
	geometry::{Area, Cut, Size},
	land::SalePolicy,
	CollectionId, MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, Balance, Runtime, RuntimeCall, RuntimeEvent};
use pallet_land::{Error, Event};
use sp_runtime::{DispatchError, DispatchResult};

use crate::{failure::Failure, must};

/// Most cells of all territories together, as the design says.
const SUPPLY: u64 = 1 << 24;
/// Most cells of a new territory, as the design says.
const LARGEST_FOUNDING: u64 = 1 << 18;
/// Longest side of a parcel, as the design says.
const LONGEST_SIDE: u16 = 64;

/// One territory.
struct Territory {
	size: Size,
	collection: CollectionId,
	/// The parcel of each cell, row by row.
	cells: Vec<Option<ParcelId>>,
	parcels: BTreeMap<ParcelId, Area>,
	/// Every parcel there ever was has a smaller id.
	next: ParcelId,
	sale: SalePolicy<Balance>,
}

impl Territory {
	fn index(&self, x: u32, y: u32) -> usize {
		(y * u32::from(self.size.width) + x) as usize
	}

	fn has_room_for(&self, area: &Area) -> bool {
		cells(area).all(|(x, y)| self.is_inside(x, y) && self.cells[self.index(x, y)].is_none())
	}

	fn is_inside(&self, x: u32, y: u32) -> bool {
		x < self.size.width.into() && y < self.size.height.into()
	}

	fn contains(&self, area: &Area) -> bool {
		cells(area).all(|(x, y)| self.is_inside(x, y))
	}

	fn add(&mut self, id: ParcelId, area: Area) -> Result<(), Failure> {
		must!(
			area.width > 0
				&& area.height > 0
				&& area.width <= LONGEST_SIDE
				&& area.height <= LONGEST_SIDE,
			"a parcel has no cells or is too large: ({area:?})"
		);
		must!(
			id >= self.next,
			"the id of a parcel was given out before: ({id})"
		);
		for (x, y) in cells(&area) {
			must!(
				self.is_inside(x, y),
				"a parcel lies outside of its territory: ({area:?})"
			);
			let index = self.index(x, y);
			must!(
				self.cells[index].replace(id).is_none(),
				"a cell was claimed twice: (cell {x}, {y} by {id})"
			);
		}
		self.parcels.insert(id, area);
		self.next = id + 1;
		Ok(())
	}

	fn remove(&mut self, id: ParcelId) -> Result<Area, Failure> {
		let area = self
			.parcels
			.remove(&id)
			.ok_or_else(|| Failure::new(format!("a parcel went that was not there: ({id})")))?;
		for (x, y) in cells(&area) {
			let index = self.index(x, y);
			self.cells[index] = None;
		}
		Ok(area)
	}

	fn claimed(&self) -> usize {
		self.cells.iter().filter(|cell| cell.is_some()).count()
	}
}

fn cells(area: &Area) -> impl Iterator<Item = (u32, u32)> {
	let (x, y) = (u32::from(area.x), u32::from(area.y));
	let (width, height) = (u32::from(area.width), u32::from(area.height));
	(y..y + height).flat_map(move |y| (x..x + width).map(move |x| (x, y)))
}

/// All land.
pub struct Land {
	territories: BTreeMap<MetaverseId, Territory>,
	/// Who owns which item of which collection, land or not.
	items: BTreeMap<(CollectionId, u32), AccountId>,
	/// Territories in which something happened since the last check.
	touched: BTreeSet<MetaverseId>,
}

/// What the model says of a call.
pub struct Judgement {
	/// Why it must fail; nothing when the model sees no reason.
	reasons: Vec<Error<Runtime>>,
	/// The errors of which the model knows whether they are right.
	known: &'static [Error<Runtime>],
}

impl Judgement {
	/// Compares it with what came of the call.
	pub fn compare(self, result: &DispatchResult) -> Result<(), Failure> {
		match result {
			Ok(()) => {
				must!(
					self.reasons.is_empty(),
					"a call on land succeeded that must fail: {:?}",
					self.reasons
				);
			}
			Err(error) => {
				let is = |known: &Error<Runtime>| same(error, known);
				must!(
					!self.known.iter().any(is) || self.reasons.iter().any(is),
					"a call on land was refused without a reason: {error:?}, and the model says {:?}",
					self.reasons
				);
			}
		}
		Ok(())
	}
}

fn same(error: &DispatchError, known: &Error<Runtime>) -> bool {
	// The number of an error is its place among the variants; the name stands in the message.
	matches!(error, DispatchError::Module(module)
		if module.index == <madang_runtime::Land as frame_support::traits::PalletInfoAccess>::index() as u8
			&& module.message == Some(format!("{known:?}").as_str()))
}

impl Land {
	/// The land as it is.
	pub fn of_the_state() -> Result<Self, Failure> {
		let mut land = Self {
			territories: BTreeMap::new(),
			items: pallet_nfts::Item::<Runtime>::iter()
				.map(|(collection, item, details)| ((collection, item), details.owner))
				.collect(),
			touched: BTreeSet::new(),
		};
		for id in pallet_land::Territories::<Runtime>::iter_keys() {
			land.look_up(id)?;
		}
		Ok(land)
	}

	/// Takes a territory over from the state.
	fn look_up(&mut self, id: MetaverseId) -> Result<(), Failure> {
		let Some(found) = pallet_land::Territories::<Runtime>::get(id) else {
			self.territories.remove(&id);
			return Ok(());
		};
		let mut territory = Territory {
			size: found.size,
			collection: found.collection,
			cells: vec![None; usize::from(found.size.width) * usize::from(found.size.height)],
			parcels: BTreeMap::new(),
			next: 0,
			sale: found.sale,
		};
		let mut parcels: Vec<_> = pallet_land::Parcels::<Runtime>::iter_prefix(id).collect();
		parcels.sort_by_key(|(id, _)| *id);
		for (parcel, record) in parcels {
			territory.add(parcel, record.area)?;
		}
		territory.next = found.next_parcel;
		self.territories.insert(id, territory);
		Ok(())
	}

	fn territory(&mut self, id: MetaverseId) -> Result<&mut Territory, Failure> {
		self.touched.insert(id);
		self.territories
			.get_mut(&id)
			.ok_or_else(|| Failure::new(format!("something happened in no territory: ({id})")))
	}

	/// Follows an event, and tells whether it was about land or items.
	pub fn follow(&mut self, event: &RuntimeEvent, looked_up: &mut u64) -> Result<bool, Failure> {
		match event {
			RuntimeEvent::Land(event) => self.follow_land(event, looked_up)?,
			RuntimeEvent::Nfts(event) => self.follow_items(event)?,
			// A new owner decides anew about the sale.
			RuntimeEvent::Metaverse(pallet_metaverse::Event::OwnerChanged { id, .. }) => {
				self.territory(*id)?.sale = SalePolicy::Closed;
			}
			_ => return Ok(false),
		}
		Ok(true)
	}

	fn follow_items(&mut self, event: &pallet_nfts::Event<Runtime>) -> Result<(), Failure> {
		use pallet_nfts::Event;
		match event {
			Event::Issued {
				collection,
				item,
				owner,
			} => {
				let before = self.items.insert((*collection, *item), owner.clone());
				must!(
					before.is_none(),
					"an item was issued twice: ({collection}, {item})"
				);
			}
			Event::Transferred {
				collection,
				item,
				from,
				to,
			} => {
				let before = self.items.insert((*collection, *item), to.clone());
				must!(
					before.as_ref() == Some(from),
					"an item was given by who did not own it: ({collection}, {item})"
				);
			}
			Event::Burned {
				collection,
				item,
				owner,
			} => {
				let before = self.items.remove(&(*collection, *item));
				must!(
					before.as_ref() == Some(owner),
					"an item was burned that was not the owner's: ({collection}, {item})"
				);
			}
			_ => {}
		}
		Ok(())
	}

	fn follow_land(&mut self, event: &Event<Runtime>, looked_up: &mut u64) -> Result<(), Failure> {
		match event {
			Event::TerritoryFounded {
				metaverse,
				size,
				collection,
				..
			} => self.found(*metaverse, *size, *collection)?,
			Event::TerritoryGrown {
				metaverse, size, ..
			} => self.grow(*metaverse, *size)?,
			Event::TerritoryDissolved { metaverse, cells } => {
				let territory = self.territory(*metaverse)?;
				must!(
					territory.parcels.is_empty() && territory.cells.len() == *cells as usize,
					"a territory was dissolved with parcels, or with other cells than it had: ({metaverse})"
				);
				self.territories.remove(metaverse);
			}
			Event::SaleSet { metaverse, policy } => self.territory(*metaverse)?.sale = *policy,
			Event::Claimed {
				metaverse,
				parcel,
				area,
				price,
				fee,
				..
			} => {
				let territory = self.territory(*metaverse)?;
				territory.add(*parcel, *area)?;
				// A land manager pays nothing; everybody else pays for each cell.
				let full = match territory.sale {
					SalePolicy::Open { price_per_cell } => price_per_cell
						.saturating_mul(u128::from(area.width) * u128::from(area.height)),
					SalePolicy::Closed => 0,
				};
				must!(
					(*price == 0 || *price == full) && *fee == *price / 50,
					"a parcel had another price than the sale says: ({price}, fee {fee}, expected {full})"
				);
			}
			Event::Released {
				metaverse,
				parcel,
				area,
			}
			| Event::Reaped {
				metaverse,
				parcel,
				area,
			} => {
				let had = self.territory(*metaverse)?.remove(*parcel)?;
				must!(
					had == *area,
					"other cells became free than the parcel had: ({had:?})"
				);
			}
			Event::Split {
				metaverse,
				parcel,
				first,
				second,
			} => self.split(*metaverse, *parcel, [*first, *second], looked_up)?,
			Event::Merged {
				metaverse,
				a,
				b,
				parcel,
				area,
			} => {
				let territory = self.territory(*metaverse)?;
				let mut had: BTreeSet<_> = cells(&territory.remove(*a)?).collect();
				had.extend(cells(&territory.remove(*b)?));
				must!(
					had == cells(area).collect(),
					"two parcels became one with other cells: ({a} and {b})"
				);
				territory.add(*parcel, *area)?;
			}
			_ => {}
		}
		Ok(())
	}

	fn found(
		&mut self,
		id: MetaverseId,
		size: Size,
		collection: CollectionId,
	) -> Result<(), Failure> {
		let count = u64::from(size.width) * u64::from(size.height);
		must!(
			count > 0 && count <= LARGEST_FOUNDING,
			"a territory was founded with too many cells or none: ({size:?})"
		);
		let territory = Territory {
			size,
			collection,
			cells: vec![None; count as usize],
			parcels: BTreeMap::new(),
			next: 0,
			sale: SalePolicy::Closed,
		};
		must!(
			self.territories.insert(id, territory).is_none(),
			"a territory was founded twice: ({id})"
		);
		self.touched.insert(id);
		self.check_supply()
	}

	fn grow(&mut self, id: MetaverseId, size: Size) -> Result<(), Failure> {
		let territory = self.territory(id)?;
		let before = territory.cells.len() as u64;
		let now = u64::from(size.width) * u64::from(size.height);
		let claimed = territory.claimed() as u64;
		must!(
			size.width >= territory.size.width
				&& size.height >= territory.size.height
				&& now > before,
			"a territory did not grow on both sides: ({size:?})"
		);
		must!(
			(now - before) * 4 <= before && claimed * 5 >= before * 4,
			"a territory grew too much, or with too little of it claimed: ({before} to {now}, {claimed} claimed)"
		);
		territory.size = size;
		territory.cells = vec![None; now as usize];
		let parcels = territory.parcels.clone();
		for (parcel, area) in parcels {
			for (x, y) in cells(&area) {
				let index = territory.index(x, y);
				territory.cells[index] = Some(parcel);
			}
		}
		self.check_supply()
	}

	fn check_supply(&self) -> Result<(), Failure> {
		let sum: u64 = self
			.territories
			.values()
			.map(|t| t.cells.len() as u64)
			.sum();
		must!(
			sum <= SUPPLY,
			"more land is given out than there is: ({sum})"
		);
		Ok(())
	}

	fn split(
		&mut self,
		id: MetaverseId,
		parcel: ParcelId,
		parts: [ParcelId; 2],
		looked_up: &mut u64,
	) -> Result<(), Failure> {
		// The event does not name the cells of the parts.
		let areas =
			parts.map(|part| pallet_land::Parcels::<Runtime>::get(id, part).map(|p| p.area));
		let [Some(first), Some(second)] = areas else {
			// Cut or merged again within the same call.
			*looked_up += 1;
			return self.look_up(id);
		};
		let territory = self.territory(id)?;
		let had: BTreeSet<_> = cells(&territory.remove(parcel)?).collect();
		let has: BTreeSet<_> = cells(&first).chain(cells(&second)).collect();
		must!(
			had == has,
			"a parcel was cut into other cells than it had: ({parcel})"
		);
		territory.add(parts[0], first)?;
		territory.add(parts[1], second)
	}

	/// The model and the state are the same.
	pub fn check(&mut self) -> Result<(), Failure> {
		let ids: BTreeSet<_> = pallet_land::Territories::<Runtime>::iter_keys().collect();
		must!(
			ids == self.territories.keys().copied().collect(),
			"there are other territories than the model knows"
		);
		for id in std::mem::take(&mut self.touched) {
			let Some(territory) = self.territories.get(&id) else {
				continue;
			};
			let mut found = vec![None; territory.cells.len()];
			for (parcel, record) in pallet_land::Parcels::<Runtime>::iter_prefix(id) {
				must!(
					territory.contains(&record.area),
					"a parcel lies outside of its territory: ({parcel})"
				);
				for (x, y) in cells(&record.area) {
					found[territory.index(x, y)] = Some(parcel);
				}
			}
			must!(
				found == territory.cells,
				"cells have other parcels than the model says: ({id})"
			);
			let stored = pallet_land::Territories::<Runtime>::get(id);
			must!(
				stored
					.as_ref()
					.is_some_and(|stored| stored.size == territory.size
						&& stored.claimed as usize == territory.claimed()
						&& stored.next_parcel == territory.next
						&& stored.sale == territory.sale),
				"a territory is not as the model says: (metaverse {id}: {stored:?})"
			);
			self.check_occupancy(id)?;
		}
		let items: BTreeMap<_, _> = pallet_nfts::Item::<Runtime>::iter()
			.map(|(collection, item, details)| ((collection, item), details.owner))
			.collect();
		must!(
			items == self.items,
			"items have other owners than the model says"
		);
		Ok(())
	}

	/// What the runtime answers about single cells is what the model says.
	fn check_occupancy(&self, id: MetaverseId) -> Result<(), Failure> {
		let territory = &self.territories[&id];
		// Some cells of each parcel and around it; all of them would take too long.
		for (parcel, area) in &territory.parcels {
			let corners = [
				(area.x, area.y),
				(area.x + area.width - 1, area.y + area.height - 1),
				(area.x.saturating_sub(1), area.y),
				(area.x, area.y.saturating_add(area.height)),
			];
			for (x, y) in corners {
				if !territory.is_inside(x.into(), y.into()) {
					continue;
				}
				let expected = territory.cells[territory.index(x.into(), y.into())];
				let found = madang_runtime::Land::api_parcel_at(id, x, y)
					.map_err(|error| Failure::new(format!("a query of a cell: {error:?}")))?
					.map(|view| view.id);
				must!(
					found == expected,
					"a query answers another parcel than the model: (cell {x}, {y} near {parcel})"
				);
			}
		}
		Ok(())
	}
}

/// Direct calls.
impl Land {
	/// What the model says of a call on land; nothing of any other call.
	pub fn judge(&self, who: &AccountId, call: &RuntimeCall) -> Option<Judgement> {
		use pallet_land::Call;
		let RuntimeCall::Land(call) = call else {
			return None;
		};
		const CLAIMS: &[Error<Runtime>] = &[
			Error::EmptyArea,
			Error::OutsideTerritory,
			Error::ParcelTooLarge,
			Error::Occupied,
			Error::UnknownMetaverse,
		];
		const SHAPES: &[Error<Runtime>] = &[
			Error::NotOwner,
			Error::UnknownParcel,
			Error::UnknownMetaverse,
			Error::BadCut,
			Error::SameParcel,
			Error::NotARectangle,
			Error::ParcelTooLarge,
			Error::ItemGone,
			Error::ItemExists,
		];
		let (reasons, known) = match call {
			Call::claim {
				metaverse, area, ..
			}
			| Call::claim_for {
				metaverse, area, ..
			} => (self.against_claim(*metaverse, area), CLAIMS),
			Call::split {
				metaverse,
				parcel,
				cut,
			} => (self.against_split(who, *metaverse, *parcel, *cut), SHAPES),
			Call::merge { metaverse, a, b } => {
				(self.against_merge(who, *metaverse, *a, *b), SHAPES)
			}
			Call::adopt_deposit { metaverse, parcel }
			| Call::set_builder {
				metaverse, parcel, ..
			} => (self.against_owner(who, *metaverse, *parcel), SHAPES),
			Call::release { metaverse, parcel } => {
				let mut reasons = self.against_owner(who, *metaverse, *parcel);
				// What the metaverse itself owns its managers may release.
				let own = pallet_metaverse::Pallet::<Runtime>::account_of(*metaverse);
				if self.owner(*metaverse, *parcel) == Some(&own) {
					reasons.clear();
					return Some(Judgement {
						reasons,
						known: &[],
					});
				}
				(reasons, SHAPES)
			}
			Call::reap { metaverse, parcel } => {
				let mut reasons = self.against_parcel(*metaverse, *parcel);
				if self.owner(*metaverse, *parcel).is_some() {
					reasons.push(Error::ItemExists);
				}
				(reasons, SHAPES)
			}
			_ => return None,
		};
		Some(Judgement { reasons, known })
	}

	fn owner(&self, id: MetaverseId, parcel: ParcelId) -> Option<&AccountId> {
		let collection = self.territories.get(&id)?.collection;
		self.items.get(&(collection, parcel))
	}

	fn against_claim(&self, id: MetaverseId, area: &Area) -> Vec<Error<Runtime>> {
		let Some(territory) = self.territories.get(&id) else {
			return vec![Error::UnknownMetaverse];
		};
		let mut reasons = vec![];
		if area.width == 0 || area.height == 0 {
			reasons.push(Error::EmptyArea);
		}
		if area.width > LONGEST_SIDE || area.height > LONGEST_SIDE {
			reasons.push(Error::ParcelTooLarge);
		}
		let outside = u32::from(area.x) + u32::from(area.width) > territory.size.width.into()
			|| u32::from(area.y) + u32::from(area.height) > territory.size.height.into();
		if outside {
			reasons.push(Error::OutsideTerritory);
		} else if !territory.has_room_for(area) {
			reasons.push(Error::Occupied);
		}
		reasons
	}

	fn against_parcel(&self, id: MetaverseId, parcel: ParcelId) -> Vec<Error<Runtime>> {
		match self.territories.get(&id) {
			None => vec![Error::UnknownMetaverse, Error::UnknownParcel],
			Some(territory) if !territory.parcels.contains_key(&parcel) => {
				vec![Error::UnknownParcel]
			}
			Some(_) => vec![],
		}
	}

	fn against_owner(
		&self,
		who: &AccountId,
		id: MetaverseId,
		parcel: ParcelId,
	) -> Vec<Error<Runtime>> {
		let mut reasons = self.against_parcel(id, parcel);
		match self.owner(id, parcel) {
			Some(owner) if owner == who => {}
			Some(_) => reasons.push(Error::NotOwner),
			None => reasons.push(Error::ItemGone),
		}
		reasons
	}

	fn against_split(
		&self,
		who: &AccountId,
		id: MetaverseId,
		parcel: ParcelId,
		cut: Cut,
	) -> Vec<Error<Runtime>> {
		let mut reasons = self.against_owner(who, id, parcel);
		if let Some(area) = self
			.territories
			.get(&id)
			.and_then(|t| t.parcels.get(&parcel))
		{
			let (at, side) = match cut {
				Cut::Column(at) => (at, area.width),
				Cut::Row(at) => (at, area.height),
			};
			if at == 0 || at >= side {
				reasons.push(Error::BadCut);
			}
		}
		reasons
	}

	fn against_merge(
		&self,
		who: &AccountId,
		id: MetaverseId,
		a: ParcelId,
		b: ParcelId,
	) -> Vec<Error<Runtime>> {
		let mut reasons = self.against_owner(who, id, a);
		reasons.extend(self.against_owner(who, id, b));
		if a == b {
			reasons.push(Error::SameParcel);
		}
		let areas = self
			.territories
			.get(&id)
			.and_then(|t| Some((t.parcels.get(&a)?, t.parcels.get(&b)?)));
		if let Some((first, second)) = areas {
			let all: BTreeSet<_> = cells(first).chain(cells(second)).collect();
			let xs = all.iter().map(|cell| cell.0);
			let ys = all.iter().map(|cell| cell.1);
			let width = xs.clone().max().unwrap_or(0) + 1 - xs.min().unwrap_or(0);
			let height = ys.clone().max().unwrap_or(0) + 1 - ys.min().unwrap_or(0);
			if (width * height) as usize != all.len() {
				reasons.push(Error::NotARectangle);
			} else if width > LONGEST_SIDE.into() || height > LONGEST_SIDE.into() {
				reasons.push(Error::ParcelTooLarge);
			}
		}
		reasons
	}
}
