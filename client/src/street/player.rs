//! Plays a plan on a chain.
//!
//! Founders found their worlds as in any story, claim their plots, open their doors and agree on links;
//! then the visitors go out. Before every step the chain is looked at, and what has happened already is
//! not done again.

use frame_support::traits::Get;
use futures::future::try_join_all;
use madang_primitives::{
	escrow::AssetKind,
	portal::{self, Access, Direction, GateInput, PortalState, Terms},
	town, Balance, MetaverseId, ParcelId,
};
use madang_runtime::{AccountId, BlockNumber, Runtime, RuntimeCall, RuntimeEvent};

use super::{
	answers::{self, Destination},
	calls,
	list::Allowlist,
	plan::{self, Plan, Portal, State},
	Report,
};
use crate::{
	answers::{Metaverse, Place},
	calls as common,
	campaign::calls::pay,
	chain::{Chain, Included},
	money::{Unit, MDG},
	player::{self, conflict, failed, Error},
	story::{Actor, Startup},
};

/// What a founder needs for the deposit of a plot.
const PER_PLOT: Balance = MDG / 4;

/// What a founder needs for the deposits of a portal, at both of its ends and while it waits.
const PER_PORTAL: Balance = MDG;

/// What everybody needs for fees and the deposits of passes.
pub(super) const FEES: Balance = MDG;

/// Notice of every portal: the shortest that the chain allows.
pub fn notice() -> BlockNumber {
	<<Runtime as pallet_portal::Config>::MinNotice as Get<BlockNumber>>::get()
}

/// Plays a plan. `say` hears of everything that happens, one line at a time.
pub async fn play(
	chain: &Chain,
	plan: &Plan,
	say: &(dyn Fn(&str) + Sync),
) -> Result<Report, Error> {
	let before = chain.submitted();
	player::play(chain, &plan.story, say).await?;
	let street = Street::new(chain, plan, say).await?;
	let mut found = street.look().await?;
	let outings = street.outings(&found).await?;
	street.fund(&found, &outings).await?;
	street.claim(&mut found).await?;
	street.open(&mut found).await?;
	street.close(&mut found).await?;
	let outcome = street.go_out(&found, &outings).await?;
	street.read_back(&found).await?;
	let chart = street.chart(&found, &outcome.route).await?;
	Ok(Report {
		transactions: chain.submitted() - before,
		portals: plan.portals.len(),
		books: outcome.books,
		chart,
	})
}

/// Who plays: a connection, what to play, and what the chain says of those who are there already.
pub(super) struct Street<'a> {
	pub chain: &'a Chain,
	pub plan: &'a Plan,
	say: &'a (dyn Fn(&str) + Sync),
	pub town: Metaverse,
	/// The worlds in the order of the startups.
	pub worlds: Vec<Metaverse>,
	/// How amounts of each asset are written.
	pub units: Vec<(AssetKind, Unit)>,
	/// The terms of the portals, in their order.
	pub terms: Vec<Terms<BlockNumber>>,
}

/// What of the plan is on the chain.
pub(super) struct Found {
	/// Parcels of the doors, in their order.
	pub plots: Vec<Option<ParcelId>>,
	/// The portals, in their order.
	pub portals: Vec<Option<answers::Portal>>,
	/// Everything that the town is claimed for.
	pub places: Vec<Place>,
}

impl Found {
	/// A portal that is there by now.
	pub fn portal(&self, plan: &Plan, number: usize) -> Result<&answers::Portal, Error> {
		self.portals[number]
			.as_ref()
			.ok_or_else(|| conflict(&plan.portals[number].id, "it is not on the chain"))
	}
}

impl<'a> Street<'a> {
	async fn new(
		chain: &'a Chain,
		plan: &'a Plan,
		say: &'a (dyn Fn(&str) + Sync),
	) -> Result<Self, Error> {
		let slug = plan.town.as_str();
		let town = chain
			.metaverse_by_slug(slug)
			.await
			.map_err(failed(slug, "look for the town"))?
			.ok_or_else(|| {
				conflict(
					slug,
					"no metaverse is called so; correct `town` in the plan",
				)
			})?;
		if town.owner.is_some() {
			return Err(conflict(
				slug,
				"it belongs to somebody, so it is no town; correct `town` in the plan",
			));
		}
		let worlds = try_join_all(plan.story.startups.iter().map(|startup| async {
			chain
				.metaverse_by_slug(startup.slug())
				.await
				.map_err(failed(startup.slug(), "look for its metaverse"))?
				.ok_or_else(|| conflict(startup.slug(), "its metaverse is gone"))
		}))
		.await?;
		let mut units = Vec::new();
		let native = AssetKind::Native;
		let mut assets = plan.assets();
		if !assets.contains(&native) {
			assets.push(native);
		}
		for asset in assets {
			let unit = chain
				.unit(&asset)
				.await
				.map_err(failed(slug, "read the name of an asset"))?;
			units.push((asset, unit));
		}
		let mut street = Self {
			chain,
			plan,
			say,
			town,
			worlds,
			units,
			terms: Vec::new(),
		};
		let terms = plan.portals.iter().map(|portal| street.terms_of(portal));
		street.terms = terms.collect::<Result<_, _>>()?;
		Ok(street)
	}

	pub fn say(&self, phase: &str, text: &str) {
		(self.say)(&format!("{phase:<9} {text}"));
	}

	/// The founder of a startup.
	pub fn founder(&self, number: usize) -> Result<&'a Actor, Error> {
		Ok(&self.startup(number)?.owner)
	}

	pub fn startup(&self, number: usize) -> Result<&'a Startup, Error> {
		let found = self.plan.startup(number);
		found.map_err(|problem| conflict(&self.plan.town, &problem))
	}

	pub fn visitor(&self, id: &str) -> Result<&'a Actor, Error> {
		let found = self.plan.visitor(id);
		found.ok_or_else(|| conflict(id, "no visitor is called so"))
	}

	/// Whoever acts for a portal where it begins: the founder whose door or world that is.
	pub fn keeper(&self, portal: &Portal) -> Result<&'a Actor, Error> {
		match portal.source {
			plan::Place::Town => self.founder(portal.destination),
			plan::Place::World(number) => self.founder(number),
		}
	}

	/// The metaverse that a place is.
	pub fn metaverse(&self, place: plan::Place) -> MetaverseId {
		match place {
			plan::Place::Town => self.town.id,
			plan::Place::World(number) => self.worlds[number].id,
		}
	}

	/// The account that gets what the metaverse at a place earns.
	pub fn account(&self, place: plan::Place) -> &AccountId {
		match place {
			plan::Place::Town => &self.town.account,
			plan::Place::World(number) => &self.worlds[number].account,
		}
	}

	/// How amounts of an asset are written.
	pub fn unit(&self, asset: &AssetKind) -> Unit {
		self.units
			.iter()
			.find(|(known, _)| known == asset)
			.map_or_else(Unit::native, |(_, unit)| unit.clone())
	}

	/// An amount with its symbol.
	pub fn amount(&self, asset: &AssetKind, amount: Balance) -> String {
		let unit = self.unit(asset);
		format!("{} {}", unit.format(amount), unit.symbol)
	}

	/// The list of a portal for members.
	pub fn list(&self, portal: &Portal) -> Result<Allowlist, Error> {
		let members = portal
			.members
			.iter()
			.map(|id| Ok(self.visitor(id)?.account.clone()))
			.collect::<Result<Vec<_>, Error>>()?;
		Ok(Allowlist::new(self.chain.genesis(), members))
	}

	/// What both sides of a portal agree to.
	fn terms_of(&self, portal: &Portal) -> Result<Terms<BlockNumber>, Error> {
		let toll = match &portal.toll {
			None => None,
			Some(toll) => {
				let unit = self.unit(&toll.asset);
				let amount = unit.parse(&toll.amount).ok_or_else(|| {
					conflict(
						&portal.id,
						&format!(
							"its toll {} has more than the {} decimals of {}; correct the plan",
							toll.amount, unit.decimals, unit.symbol
						),
					)
				})?;
				Some(portal::Toll {
					asset: toll.asset.clone(),
					amount,
					split: toll.split,
				})
			}
		};
		Ok(Terms {
			direction: if portal.one_way {
				Direction::OneWay
			} else {
				Direction::TwoWay
			},
			toll,
			access: if portal.members.is_empty() {
				Access::Open
			} else {
				self.list(portal)?.access()
			},
			rate: None,
			expires_at: None,
			notice: notice(),
		})
	}

	/// Looks what of the plan is there.
	async fn look(&self) -> Result<Found, Error> {
		let places = self.look_at_town().await?;
		let plots = self
			.plan
			.doors
			.iter()
			.map(|door| self.look_at_plot(door, &places))
			.collect::<Result<Vec<_>, _>>()?;
		let mut found = Found {
			plots,
			portals: Vec::new(),
			places,
		};
		let known = self.portals().await?;
		for number in 0..self.plan.portals.len() {
			let portal = self.look_at_portal(number, &known, &found.plots)?;
			found.portals.push(portal);
		}
		let there = |count: usize, all: usize| format!("{count} of {all}");
		let (plots, portals) = (&found.plots, &found.portals);
		self.say(
			"look",
			&format!(
				"{}: {} plots and {} portals are already there",
				self.plan.story.title,
				there(plots.iter().flatten().count(), plots.len()),
				there(portals.iter().flatten().count(), portals.len())
			),
		);
		Ok(found)
	}

	/// Every parcel of the town. Its roads must be those of the street plan, and its own.
	pub async fn look_at_town(&self) -> Result<Vec<Place>, Error> {
		let slug = self.plan.town.as_str();
		let size = self.town.territory.as_ref().map(|territory| territory.size);
		let size = size.ok_or_else(|| conflict(slug, "the town has no territory"))?;
		let places = self
			.chain
			.places(self.town.id, size)
			.await
			.map_err(failed(slug, "read its land"))?;
		for road in town::street_plan() {
			let is_road = |place: &Place| {
				place.area == road && place.owner.as_ref() == Some(&self.town.account)
			};
			if !places.iter().any(is_road) {
				return Err(conflict(
					slug,
					&format!(
						"there is no road {}: this chain began with another street plan than \
						 docs/towns.md; use a fresh development chain",
						crate::story::Shown(&road)
					),
				));
			}
		}
		Ok(places)
	}

	/// The parcel that is a plot, if its founder has it.
	fn look_at_plot(&self, door: &plan::Door, places: &[Place]) -> Result<Option<ParcelId>, Error> {
		let founder = self.founder(door.startup)?;
		let area = door.plot.area;
		match places.iter().find(|place| place.area.overlaps(&area)) {
			None => Ok(None),
			Some(place) if place.area == area && place.owner.as_ref() == Some(&founder.account) => {
				Ok(Some(place.id))
			}
			Some(place) => {
				let owner = place.owner.as_ref();
				let owner = owner.map_or("nobody".into(), |owner| self.plan.story.id_of(owner));
				Err(conflict(
					&founder.id,
					&format!(
						"plot {} is not free: parcel {} there belongs to {owner}; choose another plot \
						 in the plan, or use a fresh chain",
						door.plot.number, place.id
					),
				))
			}
		}
	}

	/// Every portal of the town and the worlds that the chain knows, proposals included.
	async fn portals(&self) -> Result<Vec<answers::Portal>, Error> {
		let metaverses = [&self.town].into_iter().chain(&self.worlds);
		let lists = metaverses.map(|metaverse| async move {
			let slug = metaverse.slug.as_str();
			let list = |step: &'static str| failed(slug, step);
			let mut all = self
				.chain
				.portals_from(metaverse.id)
				.await
				.map_err(list("list its portals"))?;
			let proposals = self.chain.proposals_of(metaverse.id).await;
			all.extend(proposals.map_err(list("list what was proposed to it"))?);
			Ok::<_, Error>(all)
		});
		let mut all: Vec<_> = try_join_all(lists).await?.into_iter().flatten().collect();
		// A proposal is told by both of its ends. The newest first: it counts if one is over.
		all.sort_by_key(|portal| std::cmp::Reverse(portal.id));
		all.dedup_by_key(|portal| portal.id);
		Ok(all)
	}

	/// The portal of the plan among those that the chain knows.
	fn look_at_portal(
		&self,
		number: usize,
		known: &[answers::Portal],
		plots: &[Option<ParcelId>],
	) -> Result<Option<answers::Portal>, Error> {
		let planned = &self.plan.portals[number];
		let (source, destination) = self.ends(planned, plots);
		let mine = known.iter().find(|portal| {
			portal.source.metaverse == source.metaverse
				&& matches!(
					&portal.destination,
					Destination::Gate(gate) if *gate == destination
				)
		});
		let Some(portal) = mine else {
			return Ok(None);
		};
		let another = |what: &str| {
			Err(conflict(
				&planned.id,
				&format!(
					"portal {} {what}; this chain has seen another version of the plan, or somebody \
					 changed it since: use a fresh chain, or give the portal another id",
					portal.id
				),
			))
		};
		if portal.source != source {
			return another(&format!("begins at {:?}", portal.source));
		}
		let terms = match (&portal.agreement, &portal.offer) {
			(Some(agreement), _) => Some(&agreement.terms),
			(None, offer) => offer.as_ref().map(|offer| &offer.terms),
		};
		if terms != Some(&self.terms[number]) {
			return another("has other terms");
		}
		match (portal.state, planned.state) {
			(PortalState::Proposed | PortalState::Open, _)
			| (PortalState::Paused, State::Paused)
			| (PortalState::Closing | PortalState::Closed, State::Closing) => Ok(Some(portal.clone())),
			(state, _) => another(&format!("is {state:?}")),
		}
	}

	/// Both ends of a portal as the chain tells them.
	pub fn ends(
		&self,
		portal: &Portal,
		plots: &[Option<ParcelId>],
	) -> (answers::Gate, answers::Gate) {
		let source = answers::Gate {
			metaverse: self.metaverse(portal.source),
			parcel: portal.door.and_then(|door| plots[door]),
			spawn: String::new(),
		};
		let destination = answers::Gate {
			metaverse: self.worlds[portal.destination].id,
			parcel: None,
			spawn: portal.id.clone(),
		};
		(source, destination)
	}

	/// Pays everybody what they lack for what they still have to do.
	async fn fund(&self, found: &Found, outings: &[super::journey::Outing]) -> Result<(), Error> {
		let mut needs: Vec<(&Actor, AssetKind, Balance)> = Vec::new();
		for (number, startup) in self.plan.story.startups.iter().enumerate() {
			let need = self.need_of(number, found)?;
			if need > 0 {
				needs.push((&startup.owner, AssetKind::Native, need + FEES));
			}
		}
		for outing in outings.iter().filter(|outing| !outing.done) {
			let visitor = self.visitor(&outing.who)?;
			needs.extend(
				self.purse_of(&outing.who)
					.into_iter()
					.map(|(asset, amount)| (visitor, asset, amount)),
			);
		}
		let mut calls = Vec::new();
		for (actor, asset, need) in &needs {
			let free = self
				.chain
				.purse(asset, &actor.account, None)
				.await
				.map_err(failed(&actor.id, "read its balance"))?
				.free;
			if free < *need {
				calls.push(pay(asset, &actor.account, need - free));
			}
		}
		if calls.is_empty() {
			return Ok(());
		}
		let payments = calls.len();
		self.submit_all("funder", "pay everybody", &self.plan.story.funder, calls)
			.await?;
		self.say(
			"fund",
			&format!("{payments} payments to those who lacked money"),
		);
		Ok(())
	}

	/// What a founder needs for what is not there yet.
	fn need_of(&self, startup: usize, found: &Found) -> Result<Balance, Error> {
		let mut need = 0;
		for (door, plot) in self.plan.doors.iter().zip(&found.plots) {
			if door.startup == startup && plot.is_none() {
				need += self.price(door)? + PER_PLOT;
			}
		}
		for (portal, there) in self.plan.portals.iter().zip(&found.portals) {
			let open = there
				.as_ref()
				.is_some_and(|there| there.agreement.is_some());
			let takes_part =
				portal.destination == startup || portal.source == plan::Place::World(startup);
			if takes_part && !open {
				need += PER_PORTAL;
			}
		}
		Ok(need)
	}

	/// The most that a plot costs.
	fn price(&self, door: &plan::Door) -> Result<Balance, Error> {
		let sale = self
			.town
			.territory
			.as_ref()
			.and_then(|territory| territory.sale);
		let price = sale.ok_or_else(|| {
			conflict(
				&self.plan.town,
				"its sale is closed; ask the council to open it, or use a fresh development chain",
			)
		})?;
		Ok(price.saturating_mul(door.plot.area.cells().into()))
	}

	/// Claims the plots that are still free.
	async fn claim(&self, found: &mut Found) -> Result<(), Error> {
		let claims = self.plan.doors.iter().zip(&found.plots);
		let claims = claims.filter(|(_, plot)| plot.is_none());
		let claims = claims.map(|(door, _)| async move {
			let founder = self.founder(door.startup)?;
			let price = self.price(door)?;
			let call = common::claim(self.town.id, door.plot.area, price);
			self.submit(&founder.id, "claim its plot", founder, call)
				.await?;
			self.say(
				"plot",
				&format!(
					"{}: plot {}, house {} of street {}, for {}",
					founder.id,
					door.plot.number,
					door.plot.house,
					door.plot.street,
					self.amount(&AssetKind::Native, price)
				),
			);
			Ok::<_, Error>(())
		});
		if try_join_all(claims).await?.is_empty() {
			return Ok(());
		}
		found.places = self.look_at_town().await?;
		let plots = self.plan.doors.iter();
		found.plots = plots
			.map(|door| self.look_at_plot(door, &found.places))
			.collect::<Result<_, _>>()?;
		Ok(())
	}

	/// Opens the doors and the links that are not open yet.
	async fn open(&self, found: &mut Found) -> Result<(), Error> {
		let plots = &found.plots;
		let opened = (0..self.plan.portals.len()).map(|number| {
			let there = found.portals[number].clone();
			self.open_one(number, there, plots)
		});
		let opened = try_join_all(opened).await?;
		found.portals = opened.into_iter().map(Some).collect();
		Ok(())
	}

	async fn open_one(
		&self,
		number: usize,
		there: Option<answers::Portal>,
		plots: &[Option<ParcelId>],
	) -> Result<answers::Portal, Error> {
		let portal = &self.plan.portals[number];
		let id = portal.id.as_str();
		if let Some(there) = &there {
			if there.agreement.is_some() {
				return Ok(there.clone());
			}
		}
		let keeper = self.keeper(portal)?;
		let proposed = match there {
			Some(there) => there.id,
			None => {
				let (source, destination) = self.ends(portal, plots);
				if portal.door.is_some() && source.parcel.is_none() {
					return Err(conflict(id, "its plot was claimed and is not there"));
				}
				let call =
					calls::propose(gate(source), gate(destination), self.terms[number].clone());
				let included = self.submit(id, "propose it", keeper, call).await?;
				offered(&included)
					.ok_or_else(|| conflict(id, "it was proposed without an event"))?
			}
		};
		let mut shown = self.portal(id, proposed).await?;
		if portal.door.is_some() {
			// The rule of the town: one call by the owner of plot and world.
			if shown.agreement.is_none() {
				return Err(conflict(
					id,
					"the town did not agree by its rule: the founder needs plot and launched world, \
					 and has at most as many portals to a town as the chain allows",
				));
			}
			self.say(
				"door",
				&format!("{id}: portal {proposed} opened at once, by the rule of the town"),
			);
			return Ok(shown);
		}
		if let Some(offer) = &shown.offer {
			let other = self.founder(portal.destination)?;
			let call = calls::accept(proposed, offer.version);
			self.submit(id, "accept it", other, call).await?;
			shown = self.portal(id, proposed).await?;
			self.say(
				"link",
				&format!(
					"{id}: portal {proposed}, proposed by {} and accepted by {}{}",
					keeper.id,
					other.id,
					self.terms[number]
						.toll
						.as_ref()
						.map_or(String::new(), |toll| {
							format!(", toll {}", self.amount(&toll.asset, toll.amount))
						})
				),
			);
		}
		Ok(shown)
	}

	/// Pauses and closes what the plan wants so.
	async fn close(&self, found: &mut Found) -> Result<(), Error> {
		for (number, portal) in self.plan.portals.iter().enumerate() {
			let there = found.portal(self.plan, number)?;
			let (call, step, text) = match (portal.state, there.state) {
				(State::Paused, PortalState::Open) => {
					(calls::pause(there.id), "pause it", "paused")
				}
				(State::Closing, PortalState::Open) => {
					(calls::close(there.id), "close it", "closing")
				}
				_ => continue,
			};
			let (id, chain_id) = (portal.id.as_str(), there.id);
			let keeper = self.keeper(portal)?;
			self.submit(id, step, keeper, call).await?;
			found.portals[number] = Some(self.portal(id, chain_id).await?);
			self.say("close", &format!("{id}: {text} by {}", keeper.id));
		}
		Ok(())
	}

	/// A portal as it stands on the chain now.
	pub async fn portal(&self, id: &str, on_chain: u32) -> Result<answers::Portal, Error> {
		self.chain
			.portal(on_chain)
			.await
			.map_err(failed(id, "look at it"))
	}

	pub async fn submit(
		&self,
		what: &str,
		step: &str,
		signer: &Actor,
		call: RuntimeCall,
	) -> Result<Included, Error> {
		self.chain
			.submit(&signer.pair, call)
			.await
			.map_err(failed(what, step))
	}

	async fn submit_all(
		&self,
		what: &str,
		step: &str,
		signer: &Actor,
		calls: Vec<RuntimeCall>,
	) -> Result<(), Error> {
		self.chain
			.submit_all(&signer.pair, calls, &|_, _| {})
			.await
			.map_err(failed(what, step))?;
		Ok(())
	}
}

/// A gate as it is signed.
fn gate(gate: answers::Gate) -> GateInput {
	GateInput {
		metaverse: gate.metaverse,
		parcel: gate.parcel,
		spawn: gate.spawn.into_bytes(),
	}
}

/// The portal that a transaction proposed.
fn offered(included: &Included) -> Option<u32> {
	included.events.iter().find_map(|event| match event {
		RuntimeEvent::Portal(pallet_portal::Event::Offered { portal, .. }) => Some(*portal),
		_ => None,
	})
}
