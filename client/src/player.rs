//! Plays a story on a chain.
//!
//! Before every step the chain is looked at, and what has happened already is not done again. So a
//! story can be played twice, which does nothing the second time, and a run that was interrupted goes
//! on where it stopped. Afterwards everything is read back over JSON-RPC and compared with the story.

use std::{
	collections::{BTreeSet, HashMap},
	path::Path,
};

use futures::{
	future::try_join_all,
	stream::{self, StreamExt, TryStreamExt},
};
use madang_primitives::{geometry::Area, Balance, CollectionId, MetaverseId, ParcelId};
use madang_runtime::{AccountId, RuntimeCall};

use crate::{
	answers::{Metaverse, Place, Territory},
	calls,
	chain::{self, Chain},
	map::{self, Map},
	money::{self, MDG},
	story::{Actor, Holding, Shown, Startup, Step, Story},
};

mod check;

/// What everybody gets for the deposit of each parcel that is still to be claimed.
const PER_PARCEL: Balance = MDG / 4;

/// Parcels of one territory that are read at the same time.
const READS: usize = 16;

/// Why a story was not played to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// A transaction or a query failed.
	#[error("{startup}: cannot {step}: {source}. {advice}")]
	Step {
		/// The startup at which it happened, or what concerns all of them.
		startup: String,
		/// What was to be done.
		step: String,
		/// What happened instead.
		source: Box<chain::Error>,
		/// What the user can do.
		advice: &'static str,
	},
	/// Somebody or something else is in the place.
	#[error("{startup}: {problem}")]
	Conflict {
		/// The startup.
		startup: String,
		/// Who or what is where.
		problem: String,
	},
	/// The chain is not as the story says.
	#[error("the chain is not as the story says:\n  {}", .0.join("\n  "))]
	Differs(Vec<String>),
}

/// What came of a story.
pub struct Report {
	/// Transactions that were sent in this run.
	pub transactions: usize,
	/// Parcels on the chain in the territories of the story.
	pub parcels: usize,
	/// The worlds in the order of the story.
	pub worlds: Vec<Finished>,
}

impl Report {
	/// Writes a picture and a text for each world.
	pub fn write_maps(&self, folder: &Path) -> std::io::Result<()> {
		std::fs::create_dir_all(folder)?;
		for world in &self.worlds {
			std::fs::write(folder.join(format!("{}.svg", world.slug)), world.map.svg())?;
			std::fs::write(
				folder.join(format!("{}.txt", world.slug)),
				world.map.text(false),
			)?;
		}
		Ok(())
	}
}

/// A world as it stands on the chain.
pub struct Finished {
	/// Unique name.
	pub slug: String,
	/// Id on the chain.
	pub id: MetaverseId,
	/// The territory.
	pub map: Map,
}

/// How far the chain has come with one startup.
struct Course<'a> {
	startup: &'a Startup,
	/// What the chain says of the metaverse, once there is one.
	metaverse: Option<Metaverse>,
	/// Parcels that the founder has yet to claim.
	missing: Vec<Area>,
	/// Steps that have been done.
	done: usize,
}

impl Course<'_> {
	fn slug(&self) -> &str {
		self.startup.slug()
	}

	/// The metaverse and its land.
	fn ground(&self) -> Result<(MetaverseId, &Metaverse, &Territory), Error> {
		self.metaverse
			.as_ref()
			.and_then(|metaverse| Some((metaverse.id, metaverse, metaverse.territory.as_ref()?)))
			.ok_or_else(|| conflict(self.slug(), "its metaverse has no territory any more"))
	}

	/// What is left to do of what the story says of the metaverse itself.
	fn is_open(&self) -> bool {
		let startup = self.startup;
		self.metaverse.as_ref().is_some_and(|metaverse| {
			has_endpoint(metaverse, startup)
				&& has_profile(metaverse, startup)
				&& metaverse.is_launched()
				&& has_sale(metaverse, startup)
		})
	}

	fn is_over(&self) -> bool {
		self.is_open() && self.missing.is_empty() && self.done == self.startup.steps.len()
	}
}

/// Plays a story. `say` hears of everything that happens, one line at a time.
pub async fn play(
	chain: &Chain,
	story: &Story,
	say: &(dyn Fn(&str) + Sync),
) -> Result<Report, Error> {
	let before = chain.submitted();
	let player = Player { chain, story, say };
	let mut courses = player.look().await?;
	if courses.iter().all(Course::is_over) {
		say("everything is already there, so no transaction is sent");
	} else {
		player.fund(&courses).await?;
		player.found(&mut courses).await?;
		player.settle(&mut courses).await?;
		player.open(&mut courses).await?;
		player.trade(&mut courses).await?;
	}
	let worlds = player.read_back(&courses).await?;
	let parcels = worlds.iter().map(|world| world.map.parcels.len()).sum();
	Ok(Report {
		transactions: chain.submitted() - before,
		parcels,
		worlds,
	})
}

/// Who plays: a connection, what to play, and who listens.
struct Player<'a> {
	chain: &'a Chain,
	story: &'a Story,
	say: &'a (dyn Fn(&str) + Sync),
}

impl<'a> Player<'a> {
	fn say(&self, phase: &str, text: &str) {
		(self.say)(&format!("{phase:<9} {text}"));
	}

	/// Looks how far the chain has come with each startup.
	async fn look(&self) -> Result<Vec<Course<'a>>, Error> {
		let idle = self.story.actors().map(|actor| async move {
			let waited = self.chain.wait_until_idle(&actor.account).await;
			waited.map_err(failed(&actor.id, "wait for what an earlier run has sent"))
		});
		try_join_all(idle).await?;
		let startups = &self.story.startups;
		try_join_all(startups.iter().map(|startup| self.look_at(startup))).await
	}

	async fn look_at(&self, startup: &'a Startup) -> Result<Course<'a>, Error> {
		let slug = startup.slug();
		let metaverse = self.metaverse(startup).await?;
		let Some(found) = &metaverse else {
			self.say("look", &format!("{slug}: not there yet"));
			let missing = startup.parcels.clone();
			return Ok(Course {
				startup,
				metaverse,
				missing,
				done: 0,
			});
		};
		let Some(territory) = &found.territory else {
			return Err(conflict(slug, "its metaverse has no territory"));
		};
		if territory.size != startup.size {
			return Err(conflict(
				slug,
				&format!(
					"it has a territory of {}x{} cells, but the story says {}x{}; this chain has seen \
					 another version of the story: use a fresh chain, or give it another slug",
					territory.size.width,
					territory.size.height,
					startup.size.width,
					startup.size.height
				),
			));
		}
		let facts = self.facts(slug, found.id, territory).await?;
		let (missing, done) = progress(startup, &facts)?;
		let course = Course {
			startup,
			metaverse,
			missing,
			done,
		};
		let (steps, parcels) = (startup.steps.len(), startup.parcels.len());
		self.say(
			"look",
			&if course.is_over() {
				format!("{slug}: already there")
			} else {
				format!(
					"{slug}: {} of {parcels} parcels and {done} of {steps} steps are already there",
					parcels - course.missing.len()
				)
			},
		);
		Ok(course)
	}

	/// The metaverse of a startup, if it has been founded; fails when somebody else has its slug.
	async fn metaverse(&self, startup: &Startup) -> Result<Option<Metaverse>, Error> {
		let slug = startup.slug();
		let found = self
			.chain
			.metaverse_by_slug(slug)
			.await
			.map_err(failed(slug, "look for its metaverse"))?;
		let Some(metaverse) = found else {
			return Ok(None);
		};
		if metaverse.owner.as_ref() != Some(&startup.owner.account) {
			let owner = metaverse.owner.as_ref().map_or_else(
				|| "the network".to_string(),
				|owner| self.story.id_of(owner),
			);
			return Err(conflict(
				slug,
				&format!(
					"the slug is taken: metaverse {} with this name belongs to {owner}, and the \
					 story's founder is {}; give the startup another slug, or use a fresh chain",
					metaverse.id, startup.owner.account
				),
			));
		}
		Ok(Some(metaverse))
	}

	/// Everything that the chain knows of the parcels of a territory.
	async fn facts(
		&self,
		slug: &str,
		id: MetaverseId,
		territory: &Territory,
	) -> Result<Vec<Holding>, Error> {
		let places = self
			.chain
			.places(id, territory.size)
			.await
			.map_err(failed(slug, "read its territory"))?;
		stream::iter(places)
			.map(|place| self.fact(slug, id, place))
			.buffered(READS)
			.try_collect()
			.await
	}

	async fn fact(&self, slug: &str, id: MetaverseId, place: Place) -> Result<Holding, Error> {
		let parcel = self
			.chain
			.parcel(id, place.id)
			.await
			.map_err(failed(slug, "read a parcel"))?;
		// The two queries must not tell different stories; nobody changes land in between.
		if (parcel.id, parcel.area, &parcel.owner) != (place.id, place.area, &place.owner) {
			return Err(conflict(
				slug,
				&format!("parcel {} changed while it was read; try again", place.id),
			));
		}
		let named = |account: &AccountId| self.story.id_of(account);
		Ok(Holding {
			area: parcel.area,
			owner: parcel.owner.as_ref().map_or_else(|| "nobody".into(), named),
			content: parcel.content.map(|content| content.uri),
			builder: parcel
				.builder
				.as_ref()
				.map(|builder| named(&builder.account)),
			price: parcel.listing.map(|listing| listing.price),
		})
	}

	/// Pays everybody what they lack for what they still have to do.
	async fn fund(&self, courses: &[Course<'a>]) -> Result<(), Error> {
		let mut needs: HashMap<&str, Balance> = HashMap::new();
		for course in courses {
			let startup = course.startup;
			if course.is_over() {
				continue;
			}
			let mut need = PER_PARCEL * course.missing.len() as Balance;
			if course.metaverse.is_none() {
				need += self.price(startup).await?;
			}
			*needs.entry(startup.slug()).or_default() += need;
			for step in &startup.steps[course.done..] {
				*needs.entry(step.who()).or_default() += step.pays();
			}
		}
		let mut calls = Vec::new();
		for actor in self.story.actors() {
			let Some(need) = needs.get(actor.id.as_str()) else {
				continue;
			};
			let need = need + self.story.pocket;
			let free = self
				.chain
				.free_balance(&actor.account)
				.await
				.map_err(failed(&actor.id, "read its balance"))?;
			if free < need {
				calls.push(calls::pay(&actor.account, need - free));
			}
		}
		let (people, all) = (calls.len(), needs.len());
		self.submit_all(
			"funder",
			"pay everybody",
			&self.story.funder,
			calls,
			&|_, _| {},
		)
		.await?;
		self.say(
			"fund",
			&format!("{people} of {all} accounts needed money and have it now"),
		);
		Ok(())
	}

	/// The most that a territory costs, whether it is bought in this price period or in the next.
	async fn price(&self, startup: &Startup) -> Result<Balance, Error> {
		let slug = startup.slug();
		let cells = startup.size.cells();
		let quote = self
			.chain
			.quote(cells)
			.await
			.map_err(failed(slug, "ask what its territory costs"))?;
		if !quote.available {
			return Err(conflict(
				slug,
				&format!("the supply has no {cells} cells left"),
			));
		}
		Ok(quote.price.max(quote.next_price))
	}

	/// Registers the metaverses and tells where they run.
	async fn found(&self, courses: &mut [Course<'a>]) -> Result<(), Error> {
		try_join_all(courses.iter_mut().map(|course| self.found_one(course))).await?;
		Ok(())
	}

	async fn found_one(&self, course: &mut Course<'a>) -> Result<(), Error> {
		let startup = course.startup;
		let (slug, owner) = (startup.slug(), &startup.owner);
		let profile = calls::profile(&owner.name, &startup.uri);
		if course.metaverse.is_none() {
			let price = self.price(startup).await?;
			let call = calls::register(slug, profile.clone(), startup.size, price);
			self.submit(slug, "register its metaverse", owner, call)
				.await?;
			course.metaverse = self.metaverse(startup).await?;
			let (id, _, territory) = course.ground()?;
			let size = territory.size;
			self.say(
				"register",
				&format!(
					"{slug}: {} is metaverse {id} with {}x{} cells, for at most {}",
					owner.name,
					size.width,
					size.height,
					money::format(price)
				),
			);
		}
		let (id, metaverse, _) = course.ground()?;
		let mut calls = Vec::new();
		if !has_profile(metaverse, startup) {
			calls.push(calls::set_profile(id, profile));
		}
		if !has_endpoint(metaverse, startup) {
			calls.push(calls::set_endpoint(id, &startup.endpoint));
		}
		self.submit_all(slug, "tell where its world runs", owner, calls, &|_, _| {})
			.await
	}

	/// Claims the parcels of the founders.
	async fn settle(&self, courses: &mut [Course<'a>]) -> Result<(), Error> {
		try_join_all(courses.iter_mut().map(|course| self.settle_one(course))).await?;
		Ok(())
	}

	async fn settle_one(&self, course: &mut Course<'a>) -> Result<(), Error> {
		let (id, ..) = course.ground()?;
		let startup = course.startup;
		let slug = startup.slug();
		let there = startup.parcels.len() - course.missing.len();
		let all = startup.parcels.len();
		let claims = course
			.missing
			.drain(..)
			.map(|area| calls::claim(id, area, 0))
			.collect();
		let heard = |done: usize, total: usize| {
			// A line for each tenth parcel and for the last one is enough.
			if done.is_multiple_of(10) || done == total {
				self.say(
					"claim",
					&format!("{slug}: {} of {all} parcels", there + done),
				);
			}
		};
		self.submit_all(slug, "claim its parcels", &startup.owner, claims, &heard)
			.await
	}

	/// Launches the metaverses and opens their sales.
	async fn open(&self, courses: &mut [Course<'a>]) -> Result<(), Error> {
		try_join_all(courses.iter_mut().map(|course| self.open_one(course))).await?;
		Ok(())
	}

	async fn open_one(&self, course: &mut Course<'a>) -> Result<(), Error> {
		let (id, metaverse, _) = course.ground()?;
		let startup = course.startup;
		let slug = startup.slug();
		let mut calls = Vec::new();
		if !metaverse.is_launched() {
			calls.push(calls::launch(id));
		}
		if !has_sale(metaverse, startup) {
			calls.push(calls::open_sale(id, startup.sale_price));
		}
		if calls.is_empty() {
			return Ok(());
		}
		self.submit_all(
			slug,
			"launch and open its sale",
			&startup.owner,
			calls,
			&|_, _| {},
		)
		.await?;
		let price = money::format(startup.sale_price);
		self.say("open", &format!("{slug}: launched, a cell costs {price}"));
		Ok(())
	}

	/// Lets visitors and founders trade. Startups do not wait for each other.
	async fn trade(&self, courses: &mut [Course<'a>]) -> Result<(), Error> {
		try_join_all(courses.iter_mut().map(|course| self.trade_one(course))).await?;
		Ok(())
	}

	async fn trade_one(&self, course: &mut Course<'a>) -> Result<(), Error> {
		let (id, _, territory) = course.ground()?;
		let collection = territory.collection;
		let startup = course.startup;
		let steps = &startup.steps;
		for step in &steps[course.done..] {
			let slug = startup.slug();
			let call = self.call(slug, id, collection, step).await?;
			let actor = self
				.story
				.actor(step.who())
				.ok_or_else(|| conflict(slug, &format!("nobody is called {}", step.who())))?;
			self.submit(slug, &format!("play \"{step}\""), actor, call)
				.await?;
			course.done += 1;
			self.say(
				"trade",
				&format!("{slug}: {step} ({} of {})", course.done, steps.len()),
			);
		}
		Ok(())
	}

	/// The call that a step comes down to, with the ids that its parcels have now.
	async fn call(
		&self,
		slug: &str,
		id: MetaverseId,
		collection: CollectionId,
		step: &Step,
	) -> Result<RuntimeCall, Error> {
		let account = |who: &str| {
			let actor = self.story.actor(who);
			actor
				.map(|actor| &actor.account)
				.ok_or_else(|| conflict(slug, &format!("nobody is called {who}")))
		};
		Ok(match step {
			Step::Visit { area, price, .. } => calls::claim(id, *area, *price),
			Step::Split { area, cut, .. } => {
				calls::split(id, self.parcel(slug, id, area).await?, *cut)
			}
			Step::Merge { a, b, .. } => calls::merge(
				id,
				self.parcel(slug, id, a).await?,
				self.parcel(slug, id, b).await?,
			),
			Step::Offer {
				area, price, to, ..
			} => {
				let parcel = self.parcel(slug, id, area).await?;
				calls::set_price(collection, parcel, *price, account(to)?)
			}
			Step::Buy { area, price, .. } => {
				calls::buy(collection, self.parcel(slug, id, area).await?, *price)
			}
			Step::Content { area, uri, .. } => {
				calls::set_content(id, self.parcel(slug, id, area).await?, uri)
			}
			Step::Builder {
				area,
				builder,
				until,
				..
			} => {
				let parcel = self.parcel(slug, id, area).await?;
				calls::set_builder(id, parcel, account(builder)?, *until)
			}
			Step::Release { area, .. } => calls::release(id, self.parcel(slug, id, area).await?),
		})
	}

	/// The id that the parcel with these cells has now.
	async fn parcel(&self, slug: &str, id: MetaverseId, area: &Area) -> Result<ParcelId, Error> {
		self.chain
			.parcel_at(id, area.x, area.y)
			.await
			.map_err(failed(slug, "look for a parcel"))?
			.filter(|parcel| parcel.area == *area)
			.map(|parcel| parcel.id)
			.ok_or_else(|| conflict(slug, &format!("there is no parcel {}", Shown(area))))
	}

	async fn submit(
		&self,
		slug: &str,
		step: &str,
		signer: &Actor,
		call: RuntimeCall,
	) -> Result<(), Error> {
		self.chain
			.submit(&signer.pair, call)
			.await
			.map_err(failed(slug, step))?;
		Ok(())
	}

	async fn submit_all(
		&self,
		slug: &str,
		step: &str,
		signer: &Actor,
		calls: Vec<RuntimeCall>,
		heard: &(dyn Fn(usize, usize) + Sync),
	) -> Result<(), Error> {
		self.chain
			.submit_all(&signer.pair, calls, heard)
			.await
			.map_err(failed(slug, step))?;
		Ok(())
	}

	/// The map of a world: the founder first, then the others in the order of the story.
	fn map(&self, startup: &Startup, places: &[Place]) -> Map {
		let present: BTreeSet<_> = places
			.iter()
			.filter_map(|place| place.owner.as_ref())
			.collect();
		let known = [&startup.owner].into_iter().chain(self.story.actors());
		let mut accounts = Vec::new();
		let mut owners = Vec::new();
		for actor in known.filter(|actor| present.contains(&actor.account)) {
			if !accounts.contains(&&actor.account) {
				accounts.push(&actor.account);
				owners.push((actor.name.clone(), &actor.account));
			}
		}
		for account in present {
			if !accounts.contains(&account) {
				accounts.push(account);
				owners.push(("somebody else".into(), account));
			}
		}
		let parcels = places
			.iter()
			.map(|place| map::Parcel {
				id: place.id,
				area: place.area,
				owner: place
					.owner
					.as_ref()
					.and_then(|owner| accounts.iter().position(|account| *account == owner)),
			})
			.collect();
		Map {
			title: format!("{} ({})", startup.owner.name, startup.slug()),
			size: startup.size,
			owners: owners
				.into_iter()
				.map(|(name, account)| map::Owner {
					name,
					address: account.to_string(),
				})
				.collect(),
			parcels,
		}
	}
}

/// How far the land of a chain has come with a story: what the founder has yet to claim, and how many
/// steps have been done.
fn progress(startup: &Startup, facts: &[Holding]) -> Result<(Vec<Area>, usize), Error> {
	let worlds = startup.worlds.iter().enumerate();
	if let Some((done, _)) = worlds.rev().find(|(_, world)| world.is_true_of(facts)) {
		return Ok((Vec::new(), done));
	}
	// Not even the founder's parcels are all there. Those that are must be untouched.
	let slug = startup.slug();
	let mut missing = Vec::new();
	for area in &startup.parcels {
		match facts.iter().find(|fact| fact.area.overlaps(area)) {
			None => missing.push(*area),
			Some(fact) if fact.area == *area && fact.owner == slug => {}
			Some(fact) => {
				return Err(conflict(
					slug,
					&format!(
						"the story wants a parcel {}, but {} is {fact}; either somebody else was \
						 there first, or the land went on to change after the story had been played: \
						 use a fresh chain, or give the startup another slug",
						Shown(area),
						Shown(&fact.area),
					),
				))
			}
		}
	}
	if missing.is_empty() {
		// All of it is there, and yet the story says something else, of a parcel that came later.
		let differences = startup.worlds.first().map(|world| world.differences(facts));
		return Err(conflict(slug, &differences.unwrap_or_default().join("; ")));
	}
	Ok((missing, 0))
}

fn has_profile(metaverse: &Metaverse, startup: &Startup) -> bool {
	metaverse
		.profile
		.as_ref()
		.is_some_and(|profile| profile.name == startup.owner.name && profile.uri == startup.uri)
}

fn has_endpoint(metaverse: &Metaverse, startup: &Startup) -> bool {
	metaverse
		.endpoints
		.iter()
		.any(|endpoint| endpoint.index == 0 && endpoint.uri == startup.endpoint)
}

fn has_sale(metaverse: &Metaverse, startup: &Startup) -> bool {
	metaverse
		.territory
		.as_ref()
		.is_some_and(|territory| territory.sale == Some(startup.sale_price))
}

pub(crate) fn conflict(startup: &str, problem: &str) -> Error {
	Error::Conflict {
		startup: startup.into(),
		problem: problem.into(),
	}
}

/// Tells where a transaction or a query failed, and what one can do about it.
pub(crate) fn failed<'a>(
	startup: &'a str,
	step: &'a str,
) -> impl FnOnce(chain::Error) -> Error + 'a {
	move |source| Error::Step {
		startup: startup.into(),
		step: step.into(),
		advice: advice(&source),
		source: Box::new(source),
	}
}

/// What one can do about a failure.
fn advice(error: &chain::Error) -> &'static str {
	match error {
		chain::Error::Refused { error, .. } => match error.as_str() {
			"Land.Occupied" => {
				"Somebody else claimed these cells in the meantime: look at the map and move the \
				 parcel in the story, or use a fresh chain."
			}
			"Land.SaleClosed" => {
				"The founder closed the sale in the meantime: run the story again, which opens it."
			}
			"Land.PriceAboveLimit" => {
				"The price has changed since it was asked for: run the story again."
			}
			"Metaverse.SlugTaken" | "Metaverse.SlugCoolingDown" => {
				"Give the startup another slug in the story, or use a fresh chain."
			}
			error if error.contains("FundsUnavailable") || error.contains("NotCovered") => {
				"Raise `pocket` in the story, or choose a `funder` who has more, and run it again."
			}
			_ => {
				"Nothing of this step has happened but its fee; what was done before it stays. \
				 Correct the story and run it again: it goes on here."
			}
		},
		chain::Error::NotTaken { .. } => {
			"If it is about paying, choose a `funder` in the story who has enough; then run it \
			 again: it goes on here."
		}
		_ => "Run the story again: it goes on where it stopped.",
	}
}
