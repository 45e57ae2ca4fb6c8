//! Random lives of a territory against a naive model that knows single cells and nothing else.

use std::{
	collections::BTreeMap,
	sync::atomic::{AtomicUsize, Ordering},
};

use crate::support::*;
use proptest::prelude::*;

const SIDE: u16 = 40;

/// Merges that succeeded in all lives together.
static MERGES: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Debug)]
enum Step {
	Claim(usize, Area),
	Split(usize, usize, Cut),
	Merge(usize, usize, usize),
	Release(usize, usize),
	Transfer(usize, usize, usize),
	BurnAndReap(usize, usize),
	Adopt(usize, usize),
}

/// Who owns which parcel, and which parcel has which cell.
#[derive(Default)]
struct Model {
	cells: BTreeMap<(u32, u32), ParcelId>,
	parcels: BTreeMap<ParcelId, (usize, Area)>,
	next: ParcelId,
}

fn cells(area: &Area) -> Vec<(u32, u32)> {
	(0..u32::from(area.width))
		.flat_map(|dx| (0..u32::from(area.height)).map(move |dy| (dx, dy)))
		.map(|(dx, dy)| (u32::from(area.x) + dx, u32::from(area.y) + dy))
		.collect()
}

impl Model {
	fn pick(&self, index: usize) -> ParcelId {
		match self.parcels.len() {
			0 => 0,
			n => *self.parcels.keys().nth(index % n).unwrap(),
		}
	}

	fn owns(&self, who: usize, id: ParcelId) -> bool {
		self.parcels
			.get(&id)
			.is_some_and(|(owner, _)| *owner == who)
	}

	fn can_claim(&self, area: &Area) -> bool {
		let cells = cells(area);
		!cells.is_empty()
			&& area.width <= 64
			&& area.height <= 64
			&& cells.iter().all(|(x, y)| {
				*x < SIDE.into() && *y < SIDE.into() && !self.cells.contains_key(&(*x, *y))
			})
	}

	fn add(&mut self, who: usize, area: Area) {
		for cell in cells(&area) {
			assert!(self.cells.insert(cell, self.next).is_none());
		}
		self.parcels.insert(self.next, (who, area));
		self.next += 1;
	}

	fn remove(&mut self, id: ParcelId) -> (usize, Area) {
		self.cells.retain(|_, owner| *owner != id);
		self.parcels.remove(&id).unwrap()
	}

	/// An owner, and two parcels of this owner that make a rectangle, if there are any.
	fn neighbours(&self) -> Option<(usize, ParcelId, ParcelId)> {
		self.parcels.iter().find_map(|(a, (who, _))| {
			let b = self
				.parcels
				.keys()
				.find(|b| self.owns(*who, **b) && self.union(*a, **b).is_some())?;
			Some((*who, *a, *b))
		})
	}

	/// The union's bounding box, if the two fill it.
	fn union(&self, a: ParcelId, b: ParcelId) -> Option<Area> {
		let all: Vec<_> = self
			.cells
			.iter()
			.filter(|(_, id)| **id == a || **id == b)
			.map(|(c, _)| *c)
			.collect();
		let (x0, x1) = (
			all.iter().map(|c| c.0).min()?,
			all.iter().map(|c| c.0).max()?,
		);
		let (y0, y1) = (
			all.iter().map(|c| c.1).min()?,
			all.iter().map(|c| c.1).max()?,
		);
		let area = Area::new(
			x0 as u16,
			y0 as u16,
			(x1 - x0 + 1) as u16,
			(y1 - y0 + 1) as u16,
		);
		(a != b && area.cells() as usize == all.len()).then_some(area)
	}
}

fn area() -> impl Strategy<Value = Area> {
	(0..SIDE + 2, 0..SIDE + 2, 0u16..12, 0u16..12).prop_map(|(x, y, w, h)| Area::new(x, y, w, h))
}

fn step() -> impl Strategy<Value = Step> {
	let who = 0usize..3;
	let any = 0usize..1_000;
	let cut = prop_oneof![
		(0u16..12).prop_map(Cut::Column),
		(0u16..12).prop_map(Cut::Row)
	];
	prop_oneof![
		5 => (who.clone(), area()).prop_map(|(w, a)| Step::Claim(w, a)),
		3 => (who.clone(), any.clone(), cut).prop_map(|(w, p, c)| Step::Split(w, p, c)),
		3 => (who.clone(), any.clone(), any.clone()).prop_map(|(w, a, b)| Step::Merge(w, a, b)),
		1 => (who.clone(), any.clone()).prop_map(|(w, p)| Step::Release(w, p)),
		2 => (who.clone(), any.clone(), who.clone()).prop_map(|(w, p, d)| Step::Transfer(w, p, d)),
		1 => (who.clone(), any.clone()).prop_map(|(w, p)| Step::BurnAndReap(w, p)),
		1 => (who, any).prop_map(|(w, p)| Step::Adopt(w, p)),
	]
}

fn play(steps: Vec<Step>) {
	build_and_execute(|| {
		let people = [alice(), bob(), carol()];
		let m = register_demo(alice(), SIDE, SIDE);
		open_sale(m, 0);
		let mut model = Model::default();
		for step in steps {
			let what = format!("{step:?}");
			match step {
				Step::Claim(who, area) => {
					let done = tx(|| Land::claim(by(&people[who]), m, area, 0)).is_ok();
					assert_eq!(done, model.can_claim(&area), "{what}");
					if done {
						model.add(who, area);
					}
				}
				Step::Split(who, parcel, cut) => {
					let id = model.pick(parcel);
					// Most of the time the owner is the one who tries.
					let who = match model.parcels.get(&id) {
						Some((owner, _)) if parcel % 4 > 0 => *owner,
						_ => who,
					};
					let done = tx(|| Land::split(by(&people[who]), m, id, cut)).is_ok();
					let (at, side) = match (cut, model.parcels.get(&id)) {
						(Cut::Column(at), Some((_, area))) => (at, area.width),
						(Cut::Row(at), Some((_, area))) => (at, area.height),
						_ => (0, 0),
					};
					assert_eq!(done, model.owns(who, id) && at > 0 && at < side, "{what}");
					if done {
						let (_, area) = model.remove(id);
						let Area {
							x,
							y,
							width,
							height,
						} = area;
						let (first, second) = match cut {
							Cut::Column(at) => (
								Area::new(x, y, at, height),
								Area::new(x + at, y, width - at, height),
							),
							Cut::Row(at) => (
								Area::new(x, y, width, at),
								Area::new(x, y + at, width, height - at),
							),
						};
						model.add(who, first);
						model.add(who, second);
					}
				}
				Step::Merge(who, a, b) => {
					// Random parcels are seldom neighbours, so most of the time they are chosen.
					let at_random = (who, model.pick(a), model.pick(b));
					let (who, a, b) = match model.neighbours() {
						Some(chosen) if b % 4 > 0 => chosen,
						_ => at_random,
					};
					let done = tx(|| Land::merge(by(&people[who]), m, a, b)).is_ok();
					let union = model.union(a, b);
					let may = model.owns(who, a) && model.owns(who, b) && union.is_some();
					assert_eq!(done, may, "{what}");
					if done {
						model.remove(a);
						model.remove(b);
						model.add(who, union.unwrap());
						MERGES.fetch_add(1, Ordering::Relaxed);
					}
				}
				Step::Release(who, parcel) => {
					let id = model.pick(parcel);
					let done = tx(|| Land::release(by(&people[who]), m, id)).is_ok();
					assert_eq!(done, model.owns(who, id), "{what}");
					if done {
						model.remove(id);
					}
				}
				Step::Transfer(who, parcel, to) => {
					let id = model.pick(parcel);
					let dest = people[to].clone();
					let done = tx(|| Land::transfer(by(&people[who]), m, id, dest)).is_ok();
					assert_eq!(done, model.owns(who, id), "{what}");
					if done {
						model.parcels.get_mut(&id).unwrap().0 = to;
					}
				}
				Step::BurnAndReap(who, parcel) => {
					let id = model.pick(parcel);
					let done = tx(|| Nfts::burn(by(&people[who]), collection_of(m), id)).is_ok();
					assert_eq!(done, model.owns(who, id), "{what}");
					assert_eq!(tx(|| Land::reap(by(&bob()), m, id)).is_ok(), done, "{what}");
					if done {
						model.remove(id);
					}
				}
				Step::Adopt(who, parcel) => {
					let id = model.pick(parcel);
					let paid = pallet_land::Parcels::<Test>::get(m, id)
						.is_some_and(|p| p.depositor == people[who]);
					let done = tx(|| Land::adopt_deposit(by(&people[who]), m, id)).is_ok();
					assert_eq!(done, model.owns(who, id) && !paid, "{what}");
				}
			}
			assert_ok!(Land::do_try_state());
			let territory = pallet_land::Territories::<Test>::get(m).unwrap();
			assert_eq!(territory.claimed as usize, model.cells.len(), "{what}");
			assert_eq!(territory.parcels as usize, model.parcels.len(), "{what}");
			assert_eq!(territory.next_parcel, model.next, "{what}");
		}
		for (id, (who, area)) in &model.parcels {
			assert_eq!(owner_of(m, *id).as_ref(), Some(&people[*who]));
			assert_eq!(
				pallet_land::Parcels::<Test>::get(m, *id).unwrap().area,
				*area
			);
		}
		for x in 0..SIDE {
			for y in 0..SIDE {
				let found = Land::api_parcel_at(m, x, y)
					.unwrap()
					.map(|parcel| parcel.id);
				assert_eq!(found, model.cells.get(&(x.into(), y.into())).copied());
			}
		}
	});
}

#[test]
fn claim_split_merge_and_release_as_the_naive_model_says() {
	proptest!(ProptestConfig::with_cases(64), |(steps in prop::collection::vec(step(), 1..90))| {
		play(steps);
	});
	// Random parcels are seldom neighbours; a run without merges would prove nothing about them.
	let merges = MERGES.load(Ordering::Relaxed);
	assert!(merges >= 50, "only {merges} merges");
}
