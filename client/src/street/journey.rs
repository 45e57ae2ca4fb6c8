//! The visitors go out: the walk, and those who try one portal.
//!
//! Whoever is let in has paid, and the payees have their exact shares; whoever is refused has
//! everything back to the unit; whoever gets no pass has paid the fee of the attempt and nothing else.
//! All of it is judged by balances that are read from the chain.

use madang_primitives::{
	escrow::AssetKind,
	portal::{Access, PassState, PortalId, Proof, Version, Way},
	Balance,
};
use madang_runtime::{AccountId, Hash, RuntimeEvent, Treasury};

use super::{
	answers::{Agreement, Pass},
	books::{Books, Change},
	calls,
	plan::{self, Ending, Errand, Portal},
	player::{Found, Street, FEES},
};
use crate::{
	campaign::statement::signed,
	chain::{self, Included, Purse},
	player::{conflict, failed, Error},
	story::Actor,
};

/// What one can do when somebody came home who was not expected to.
const ANOTHER_SEED: &str = "this visitor has been out now, so give the visitor another seed in the plan before you run it again";

/// Somebody who goes out, and whether that is over.
pub(super) struct Outing {
	pub who: String,
	pub done: bool,
}

/// What came of all outings.
pub(super) struct Outcome {
	/// The portals on the way of the walk, in order, and which way through each.
	pub route: Vec<(usize, Way)>,
	/// Where the money went, for each asset.
	pub books: Vec<Books>,
}

/// A toll that was paid out in this run.
struct Settled {
	asset: AssetKind,
	network: Balance,
}

/// Somebody at a portal.
struct Trip<'a> {
	visitor: &'a Actor,
	/// Which portal of the plan.
	number: usize,
	way: Way,
	/// What is in force there.
	agreement: Agreement,
	on_chain: PortalId,
}

impl Trip<'_> {
	/// What the pass costs.
	fn toll(&self) -> Option<(&AssetKind, Balance)> {
		let toll = self.agreement.terms.toll.as_ref()?;
		Some((&toll.asset, toll.amount))
	}

	/// The asset to look at: that of the toll, or the native token.
	fn asset(&self) -> AssetKind {
		self.toll()
			.map_or(AssetKind::Native, |(asset, _)| asset.clone())
	}

	fn version(&self) -> Version {
		self.agreement.version
	}
}

/// What somebody has in a block.
#[derive(Clone, Copy)]
struct Standing {
	native: Purse,
	/// The same when the toll is native.
	toll: Purse,
	fees: Balance,
}

impl Standing {
	/// What there is of the native token, as if transactions were free.
	fn worth(&self) -> Balance {
		self.native.total().saturating_add(self.fees)
	}
}

/// Whether a pass has done what it was for.
fn is_spent(pass: &Pass) -> bool {
	pass.state == PassState::Used || (pass.state == PassState::Over && pass.toll.is_none())
}

impl Street<'_> {
	/// Looks who has been out already.
	pub async fn outings(&self, found: &Found) -> Result<Vec<Outing>, Error> {
		let mut outings = vec![Outing {
			who: self.plan.walk.who.clone(),
			done: self.has_walked(found).await?,
		}];
		for errand in &self.plan.errands {
			outings.push(Outing {
				who: errand.who.clone(),
				done: self.has_done(errand, found).await?,
			});
		}
		Ok(outings)
	}

	async fn has_walked(&self, found: &Found) -> Result<bool, Error> {
		let walker = self.visitor(&self.plan.walk.who)?;
		for number in self.plan.passes_of(&walker.id) {
			let pass = self.pass(walker, number, found).await?;
			if !pass.as_ref().is_some_and(is_spent) {
				return Ok(false);
			}
		}
		Ok(true)
	}

	/// Whoever was turned away, by the chain or by the destination, has no pass and has signed
	/// something.
	async fn has_done(&self, errand: &Errand, found: &Found) -> Result<bool, Error> {
		let visitor = self.visitor(&errand.who)?;
		let pass = self.pass(visitor, errand.portal, found).await?;
		if errand.ends == Ending::Admitted {
			return Ok(pass.as_ref().is_some_and(is_spent));
		}
		if pass
			.as_ref()
			.is_some_and(|pass| pass.state == PassState::Used)
		{
			return Err(conflict(
				&errand.who,
				&format!("was let in where the plan wants another end; {ANOTHER_SEED}"),
			));
		}
		let signed = self
			.chain
			.nonce(&visitor.account)
			.await
			.map_err(failed(&errand.who, "count its transactions"))?;
		Ok(pass.is_none() && signed > 0)
	}

	async fn pass(
		&self,
		visitor: &Actor,
		number: usize,
		found: &Found,
	) -> Result<Option<Pass>, Error> {
		match &found.portals[number] {
			None => Ok(None),
			Some(portal) => self
				.chain
				.pass(portal.id, &visitor.account)
				.await
				.map_err(failed(&visitor.id, "look for its pass")),
		}
	}

	/// What a visitor needs for tolls, fees and the deposits of passes.
	pub fn purse_of(&self, who: &str) -> Vec<(AssetKind, Balance)> {
		let passes = self.plan.passes_of(who);
		let mut purse = vec![(AssetKind::Native, FEES * (1 + passes.len() as Balance))];
		for number in passes {
			let Some(toll) = &self.terms[number].toll else {
				continue;
			};
			match purse.iter_mut().find(|(asset, _)| *asset == toll.asset) {
				Some((_, amount)) => *amount = amount.saturating_add(toll.amount),
				// One unit more, so that the account stays alive.
				None => {
					let spare = self.unit(&toll.asset).one();
					purse.push((toll.asset.clone(), toll.amount.saturating_add(spare)));
				}
			}
		}
		purse
	}

	/// Everybody goes out who has not been out.
	pub async fn go_out(&self, found: &Found, outings: &[Outing]) -> Result<Outcome, Error> {
		let route = self.route(found).await?;
		let before = self.worths().await?;
		let treasury = self.treasury().await?;
		let mut settled = Vec::new();
		let done = |who: &str| {
			outings
				.iter()
				.any(|outing| outing.who == who && outing.done)
		};
		if done(&self.plan.walk.who) {
			self.say("walk", "has been walked already");
		} else {
			self.walk(found, &mut settled).await?;
		}
		for errand in &self.plan.errands {
			if done(&errand.who) {
				self.say("errand", &format!("{}: has been out already", errand.who));
			} else {
				self.go(errand, found, &mut settled).await?;
			}
		}
		let books = self.books(&before, &treasury, &settled).await?;
		Ok(Outcome { route, books })
	}

	/// The way that the chain tells, which must be the one of the plan.
	async fn route(&self, found: &Found) -> Result<Vec<(usize, Way)>, Error> {
		let walk = &self.plan.walk;
		let (from, to) = (self.worlds[walk.from].id, self.worlds[walk.to].id);
		let route = self
			.chain
			.route(from, to, walk.max_hops)
			.await
			.map_err(failed("walk", "ask for the way"))?;
		let mut planned = Vec::new();
		for (number, way) in &walk.through {
			planned.push((found.portal(self.plan, *number)?.id, *way));
		}
		let told: Vec<_> = route
			.steps
			.iter()
			.map(|hop| (hop.portal, hop.way))
			.collect();
		if told != planned {
			return Err(conflict(
				"walk",
				&format!(
					"the chain leads through {told:?}, the plan through {planned:?} (portal and way); \
					 somebody opened or closed others since: use a fresh chain, or correct `through`"
				),
			));
		}
		let native = walk
			.through
			.iter()
			.filter_map(|(number, _)| self.terms[*number].toll.as_ref())
			.filter(|toll| toll.asset == AssetKind::Native)
			.fold(0, |sum: Balance, toll| sum.saturating_add(toll.amount));
		if route.native_toll != native {
			return Err(conflict(
				"walk",
				&format!(
					"portal_route says that all tolls are {}, the plan says {}",
					self.amount(&AssetKind::Native, route.native_toll),
					self.amount(&AssetKind::Native, native)
				),
			));
		}
		// Each step ends where the plan says, and costs what was agreed.
		for (hop, (number, way)) in route.steps.iter().zip(&walk.through) {
			let portal = &self.plan.portals[*number];
			let toll = hop.toll.as_ref().map(|toll| (&toll.asset, toll.amount));
			let agreed = self.terms[*number].toll.as_ref();
			if hop.to != self.metaverse(far_end(portal, *way))
				|| toll != agreed.map(|toll| (&toll.asset, toll.amount))
			{
				return Err(conflict(
					&portal.id,
					&format!("portal_route tells another step: {hop:?}"),
				));
			}
		}
		Ok(walk.through.clone())
	}

	/// Somebody goes from one end to the other: on foot where it is free, with a pass where it costs.
	async fn walk(&self, found: &Found, settled: &mut Vec<Settled>) -> Result<(), Error> {
		let walk = &self.plan.walk;
		let walker = self.visitor(&walk.who)?;
		for (step, (number, way)) in walk.through.iter().enumerate() {
			let portal = &self.plan.portals[*number];
			let trip = self.trip(walker, *number, *way, found).await?;
			let to = self.name(far_end(portal, *way))?;
			let step = format!("step {} of {}", step + 1, walk.through.len());
			match trip.toll() {
				None => {
					if trip.agreement.terms.access != Access::Open {
						return Err(conflict(&portal.id, "it is not open to everyone"));
					}
					self.say(
						"walk",
						&format!("{step}: {} to {to}, free, no transaction", portal.id),
					);
				}
				Some((asset, amount)) => {
					let toll = self.amount(asset, amount);
					self.visit(&trip, Ending::Admitted, settled).await?;
					self.say(
						"walk",
						&format!("{step}: {} to {to}, toll {toll}, let in", portal.id),
					);
				}
			}
		}
		Ok(())
	}

	/// Somebody tries one portal.
	async fn go(
		&self,
		errand: &Errand,
		found: &Found,
		settled: &mut Vec<Settled>,
	) -> Result<(), Error> {
		let visitor = self.visitor(&errand.who)?;
		let portal = &self.plan.portals[errand.portal];
		let trip = self.trip(visitor, errand.portal, Way::There, found).await?;
		let outcome = match errand.ends.error() {
			None => {
				self.visit(&trip, errand.ends, settled).await?;
				match errand.ends {
					Ending::Admitted => "let in",
					_ => "refused, and has everything back to the unit",
				}
			}
			Some(error) => {
				self.is_turned_away(&trip, error).await?;
				"gets no pass and pays the fee only"
			}
		};
		self.say(
			"errand",
			&format!("{}: {}, {outcome}", errand.who, portal.id),
		);
		Ok(())
	}

	/// Looks at a portal as somebody does who stands before it.
	async fn trip<'t>(
		&self,
		visitor: &'t Actor,
		number: usize,
		way: Way,
		found: &Found,
	) -> Result<Trip<'t>, Error> {
		let id = self.plan.portals[number].id.as_str();
		let on_chain = found.portal(self.plan, number)?.id;
		let shown = self.portal(id, on_chain).await?;
		let agreement = shown
			.agreement
			.ok_or_else(|| conflict(id, "not everybody has agreed to it"))?;
		Ok(Trip {
			visitor,
			number,
			way,
			agreement,
			on_chain,
		})
	}

	/// The pass is taken, and the destination lets its owner in or refuses.
	async fn visit(
		&self,
		trip: &Trip<'_>,
		ends: Ending,
		settled: &mut Vec<Settled>,
	) -> Result<(), Error> {
		let visitor = trip.visitor;
		let pass = self
			.chain
			.pass(trip.on_chain, &visitor.account)
			.await
			.map_err(failed(&visitor.id, "look for its pass"))?;
		let before = match pass {
			// A run before this one was interrupted here.
			Some(pass) if pass.state == PassState::Valid => None,
			Some(pass) if is_spent(&pass) => return Ok(()),
			_ => {
				let before = self.standing(trip, None).await?;
				let included = self.take_pass(trip).await?;
				let after = self.standing(trip, Some(included.block)).await?;
				self.ensure_on_hold(trip, before, after)?;
				Some(before)
			}
		};
		let portal = &self.plan.portals[trip.number];
		let gatekeeper = match trip.way {
			Way::There => self.founder(portal.destination)?,
			Way::Back => self.keeper(portal)?,
		};
		if ends == Ending::Admitted {
			return self.admit(trip, gatekeeper, settled).await;
		}
		let call = calls::refuse(trip.on_chain, &visitor.account);
		let step = format!("refuse the pass of {}", visitor.id);
		let included = self.submit(&portal.id, &step, gatekeeper, call).await?;
		let after = self.standing(trip, Some(included.block)).await?;
		self.ensure_refunded(trip, before, after)?;
		let left = self.chain.pass(trip.on_chain, &visitor.account).await;
		match left.map_err(failed(&visitor.id, "look for its pass"))? {
			None => Ok(()),
			Some(pass) => Err(conflict(
				&visitor.id,
				&format!("the pass was refused and is still {:?}", pass.state),
			)),
		}
	}

	/// The proof that somebody shows at a portal.
	async fn proof(&self, trip: &Trip<'_>) -> Result<Proof, Error> {
		let portal = &self.plan.portals[trip.number];
		if portal.members.is_empty() {
			return Ok(Proof::None);
		}
		let list = self.list(portal)?;
		let account = &trip.visitor.account;
		let leaf = self
			.chain
			.allowlist_leaf(account)
			.await
			.map_err(failed(&portal.id, "ask for a leaf of its list"))?;
		if leaf != list.leaf(account) {
			return Err(conflict(
				&portal.id,
				"portal_allowlistLeaf tells another leaf than this program builds",
			));
		}
		Ok(list.proof(account))
	}

	async fn travel(&self, trip: &Trip<'_>) -> Result<Result<Included, chain::Error>, Error> {
		let max_toll = trip.toll().map_or(0, |(_, amount)| amount);
		let call = calls::travel(
			trip.on_chain,
			trip.version(),
			trip.way,
			max_toll,
			self.proof(trip).await?,
		);
		Ok(self.chain.submit(&trip.visitor.pair, call).await)
	}

	async fn take_pass(&self, trip: &Trip<'_>) -> Result<Included, Error> {
		let portal = &self.plan.portals[trip.number];
		let step = format!("take a pass for {}", trip.visitor.id);
		match self.travel(trip).await? {
			Ok(included) => Ok(included),
			Err(error @ chain::Error::Refused { .. }) => Err(conflict(
				&portal.id,
				&format!("cannot {step}: {error}; {ANOTHER_SEED}"),
			)),
			Err(error) => Err(failed(&portal.id, &step)(error)),
		}
	}

	/// The chain gives no pass, with this error, and takes nothing but the fee.
	async fn is_turned_away(&self, trip: &Trip<'_>, expected: &str) -> Result<(), Error> {
		let (id, visitor) = (&self.plan.portals[trip.number].id, trip.visitor);
		let before = self.standing(trip, None).await?;
		match self.travel(trip).await? {
			Err(chain::Error::Refused { error, .. }) if error == expected => {}
			Err(error @ chain::Error::Refused { .. }) => {
				return Err(conflict(
					id,
					&format!("{expected} was expected: {error}; {ANOTHER_SEED}"),
				))
			}
			Err(error) => return Err(failed(id, "try it")(error)),
			Ok(_) => {
				return Err(conflict(
					id,
					&format!(
						"{} has a pass and should have none; {ANOTHER_SEED}",
						visitor.id
					),
				))
			}
		}
		let after = self.standing(trip, None).await?;
		self.ensure_refunded(trip, Some(before), after)
	}

	/// The destination lets somebody in, and everybody has what the split says.
	async fn admit(
		&self,
		trip: &Trip<'_>,
		gatekeeper: &Actor,
		settled: &mut Vec<Settled>,
	) -> Result<(), Error> {
		let visitor = trip.visitor;
		let portal = &self.plan.portals[trip.number];
		let asset = trip.asset();
		let (source, destination) = (
			self.account(portal.source),
			self.account(plan::Place::World(portal.destination)),
		);
		let owns = |at: Option<Hash>| async move {
			let asset = trip.asset();
			Ok::<_, Error>([
				self.total(&asset, source, at).await?,
				self.total(&asset, destination, at).await?,
			])
		};
		let standing = self.standing(trip, None).await?;
		let before = owns(None).await?;
		let call = calls::admit(trip.on_chain, &visitor.account);
		let step = format!("let {} in", visitor.id);
		let included = self.submit(&portal.id, &step, gatekeeper, call).await?;
		let block = Some(included.block);
		let after = owns(block).await?;
		let Some(toll) = &trip.agreement.terms.toll else {
			return Ok(());
		};
		let shares = toll.split.shares(toll.amount);
		let got = [0, 1].map(|end| signed(after[end]) - signed(before[end]));
		let left = self.standing(trip, block).await?;
		let paid = match asset {
			AssetKind::Native => signed(standing.worth()) - signed(left.worth()),
			AssetKind::WithId(_) => signed(standing.toll.total()) - signed(left.toll.total()),
		};
		let expected = [signed(shares.0), signed(shares.1)];
		if got != expected || paid != signed(toll.amount) {
			return Err(conflict(
				&portal.id,
				&format!(
					"of {paid} units that {} paid the ends got {got:?}; it should have been {} and \
					 {expected:?}",
					visitor.id, toll.amount
				),
			));
		}
		let told = settlement(&included, trip.on_chain, &visitor.account);
		if told != Some((asset.clone(), [shares.0, shares.1, shares.2, 0])) {
			return Err(conflict(
				&portal.id,
				&format!(
					"its settlement should be {shares:?} with nothing returned, and the event says \
					 {told:?}"
				),
			));
		}
		self.say(
			"settled",
			&format!(
				"{}: {} to {}, {} to {}, {} to the network",
				portal.id,
				self.amount(&asset, shares.0),
				self.name(portal.source)?,
				self.amount(&asset, shares.1),
				self.name(plan::Place::World(portal.destination))?,
				self.amount(&asset, shares.2),
			),
		);
		settled.push(Settled {
			asset,
			network: shares.2,
		});
		Ok(())
	}

	/// Fails unless the toll went on hold in the visitor's own account, and nothing went elsewhere.
	fn ensure_on_hold(
		&self,
		trip: &Trip<'_>,
		before: Standing,
		after: Standing,
	) -> Result<(), Error> {
		let amount = trip.toll().map_or(0, |(_, amount)| amount);
		let held = after.toll.held.saturating_sub(before.toll.held);
		let right = match trip.asset() {
			// The deposit of the pass is held on top.
			AssetKind::Native => held > amount,
			AssetKind::WithId(_) => {
				held == amount
					&& after.toll.total() == before.toll.total()
					&& after.native.held > before.native.held
			}
		};
		if right && after.worth() == before.worth() {
			return Ok(());
		}
		Err(conflict(
			&trip.visitor.id,
			&format!(
				"the toll of {amount} units should be on hold; before: {before:?}, after: {after:?}"
			),
		))
	}

	/// Fails unless somebody has everything back to the unit, the fees for transactions apart. Whoever
	/// goes out once has nothing on hold before.
	fn ensure_refunded(
		&self,
		trip: &Trip<'_>,
		before: Option<Standing>,
		after: Standing,
	) -> Result<(), Error> {
		let right = match before {
			None => after.native.held == 0 && after.toll.held == 0,
			Some(before) => {
				let fees = after.fees.saturating_sub(before.fees);
				let native = Purse {
					free: after.native.free.saturating_add(fees),
					held: after.native.held,
				};
				native == before.native
					&& (trip.asset() == AssetKind::Native || after.toll == before.toll)
			}
		};
		if right {
			return Ok(());
		}
		Err(conflict(
			&trip.visitor.id,
			&format!("not everything came back; before: {before:?}, after: {after:?}"),
		))
	}

	async fn standing(&self, trip: &Trip<'_>, at: Option<Hash>) -> Result<Standing, Error> {
		let visitor = trip.visitor;
		let read = |asset: AssetKind| async move {
			self.chain
				.purse(&asset, &visitor.account, at)
				.await
				.map_err(failed(&visitor.id, "read its balance"))
		};
		Ok(Standing {
			native: read(AssetKind::Native).await?,
			toll: read(trip.asset()).await?,
			fees: self.chain.fees_paid(&visitor.account).await,
		})
	}

	/// What an account has, free and held.
	async fn total(
		&self,
		asset: &AssetKind,
		account: &AccountId,
		at: Option<Hash>,
	) -> Result<Balance, Error> {
		let purse = self.chain.purse(asset, account, at).await;
		Ok(purse.map_err(failed("books", "read a balance"))?.total())
	}

	/// What everybody has of each asset whose money can move here, as if transactions were free.
	async fn worths(&self) -> Result<Vec<(AssetKind, Vec<Change>)>, Error> {
		let startups = self.plan.story.startups.iter();
		let people = startups
			.map(|startup| &startup.owner)
			.chain(&self.plan.story.visitors)
			.map(|actor| (actor.name.clone(), &actor.account, true));
		let worlds = [&self.town].into_iter().chain(&self.worlds);
		let worlds =
			worlds.map(|world| (format!("account of {}", world.slug), &world.account, false));
		let parties: Vec<_> = people.chain(worlds).collect();
		let mut found = Vec::new();
		for (asset, _) in &self.units {
			let mut worths = Vec::new();
			for (name, account, signs) in &parties {
				let mut worth = signed(self.total(asset, account, None).await?);
				if *signs && *asset == AssetKind::Native {
					worth += signed(self.chain.fees_paid(account).await);
				}
				worths.push(Change {
					who: name.clone(),
					amount: worth,
				});
			}
			found.push((asset.clone(), worths));
		}
		Ok(found)
	}

	/// What the treasury has of each asset but the native one, in which it gets the fees of everybody.
	async fn treasury(&self) -> Result<Vec<(AssetKind, Balance)>, Error> {
		let mut found = Vec::new();
		for (asset, _) in &self.units {
			if *asset != AssetKind::Native {
				let total = self.total(asset, &Treasury::account_id(), None).await?;
				found.push((asset.clone(), total));
			}
		}
		Ok(found)
	}

	/// Where the money went, for each asset. Fails when a sum is not zero.
	async fn books(
		&self,
		before: &[(AssetKind, Vec<Change>)],
		treasury: &[(AssetKind, Balance)],
		settled: &[Settled],
	) -> Result<Vec<Books>, Error> {
		let after = self.worths().await?;
		let grown = self.treasury().await?;
		let mut all = Vec::new();
		for ((asset, before), (_, after)) in before.iter().zip(after) {
			let network = settled
				.iter()
				.filter(|toll| toll.asset == *asset)
				.fold(0, |sum: Balance, toll| sum.saturating_add(toll.network));
			let has = |list: &[(AssetKind, Balance)]| {
				let found = list.iter().find(|(known, _)| known == asset);
				found.map(|(_, total)| signed(*total))
			};
			let changes = before.iter().zip(after).map(|(before, after)| Change {
				who: after.who,
				amount: after.amount - before.amount,
			});
			let books = Books {
				unit: self.unit(asset),
				changes: changes.filter(|change| change.amount != 0).collect(),
				network,
				treasury: has(&grown)
					.zip(has(treasury))
					.map(|(after, before)| after - before),
			};
			let problems = books.problems();
			if !problems.is_empty() {
				return Err(conflict("books", &problems.join("; ")));
			}
			all.push(books);
		}
		Ok(all)
	}

	/// The name of a place.
	pub fn name(&self, place: plan::Place) -> Result<&str, Error> {
		Ok(match place {
			plan::Place::Town => &self.town.slug,
			plan::Place::World(number) => self.startup(number)?.slug(),
		})
	}
}

impl std::fmt::Debug for Standing {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(
			f,
			"native {:?}, of the toll's asset {:?}, fees {}",
			self.native, self.toll, self.fees
		)
	}
}

/// Where one is after going through a portal.
fn far_end(portal: &Portal, way: Way) -> plan::Place {
	match way {
		Way::There => plan::Place::World(portal.destination),
		Way::Back => portal.source,
	}
}

/// What an event says of the settlement of a toll: shares of source, destination and network, and what
/// went back.
fn settlement(
	included: &Included,
	id: PortalId,
	visitor: &AccountId,
) -> Option<(AssetKind, [Balance; 4])> {
	included.events.iter().find_map(|event| match event {
		RuntimeEvent::Portal(pallet_portal::Event::TollSettled {
			portal,
			who,
			asset,
			source,
			destination,
			network,
			returned,
		}) if *portal == id && who == visitor => {
			Some((asset.clone(), [*source, *destination, *network, *returned]))
		}
		_ => None,
	})
}
