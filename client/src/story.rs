//! What is to happen: startups, their land, their visitors, and what these do with it.
//!
//! A story is a TOML file. Everything that can be known to be wrong is found when it is loaded,
//! with the line of the startup, and not after half of it has been played.

use std::{collections::HashMap, path::Path};

use frame_support::traits::Get;
use madang_primitives::{
	geometry::{Area, Cut, Size},
	Balance,
};
use madang_runtime::{AccountId, BlockNumber, Runtime};
use serde::Deserialize;
use sp_core::{sr25519, Pair};
use toml::Spanned;

use crate::{chain::account_of, money};

pub mod layout;
mod world;

pub use world::{Holding, Shown, Step, World};

/// Longest side of a parcel in cells, as the chain has it.
pub fn max_parcel_side() -> u16 {
	<<Runtime as pallet_land::Config>::MaxParcelSide as Get<u16>>::get()
}

/// Most cells of a new territory, as the chain has it.
pub fn max_founding_cells() -> u32 {
	<<Runtime as pallet_land::Config>::MaxFoundingCells as Get<u32>>::get()
}

/// Why a story cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The file cannot be read.
	#[error("cannot read the story {path}: {source}")]
	File {
		/// The file.
		path: String,
		/// What the system said.
		source: std::io::Error,
	},
	/// The file is no TOML, or has other fields than a story.
	#[error("the story is not written as it should be: {0}")]
	Toml(#[from] Box<toml::de::Error>),
	/// Something in the story cannot be.
	#[error("{place}: {problem}")]
	Wrong {
		/// Line and name of the startup or the person.
		place: String,
		/// What cannot be.
		problem: String,
	},
}

/// Somebody who signs transactions.
#[derive(Clone)]
pub struct Actor {
	/// How the story calls it.
	pub id: String,
	/// How people call it, UTF-8.
	pub name: String,
	/// Its key.
	pub pair: sr25519::Pair,
	/// Its account.
	pub account: AccountId,
}

impl Actor {
	fn new(id: &str, name: &str, seed: &str) -> Result<Self, String> {
		let pair = sr25519::Pair::from_string(seed, None).map_err(|_| {
			format!("{seed:?} is neither a phrase nor a derivation like //Story//toss")
		})?;
		Ok(Self {
			id: id.into(),
			name: name.into(),
			account: account_of(&pair),
			pair,
		})
	}
}

/// A startup and its land.
#[derive(Clone)]
pub struct Startup {
	/// The founder, whose id is the slug and whose name is the display name.
	pub owner: Actor,
	/// Size of the territory.
	pub size: Size,
	/// Where the content of the profile is.
	pub uri: String,
	/// Where the world runs.
	pub endpoint: String,
	/// Price of a cell in the open sale.
	pub sale_price: Balance,
	/// Parcels that the founder claims.
	pub parcels: Vec<Area>,
	/// What happens after the sale is open, in order.
	pub steps: Vec<Step>,
	/// What the story says before the first step, and after each one.
	pub worlds: Vec<World>,
}

impl Startup {
	/// The unique name of its metaverse.
	pub fn slug(&self) -> &str {
		&self.owner.id
	}

	/// Number of parcels that are claimed in the story, by the founder and by visitors.
	pub fn claims(&self) -> usize {
		let visits = self
			.steps
			.iter()
			.filter(|step| matches!(step, Step::Visit { .. }))
			.count();
		self.parcels.len() + visits
	}
}

/// A story that can be played.
#[derive(Clone)]
pub struct Story {
	/// What it is called.
	pub title: String,
	/// Who pays for everybody.
	pub funder: Actor,
	/// What everybody gets on top of what their land costs, for deposits and fees.
	pub pocket: Balance,
	/// Customers.
	pub visitors: Vec<Actor>,
	/// Startups.
	pub startups: Vec<Startup>,
}

impl Story {
	/// Reads and checks a file.
	pub fn load(path: &Path) -> Result<Self, Error> {
		let text = std::fs::read_to_string(path).map_err(|source| Error::File {
			path: path.display().to_string(),
			source,
		})?;
		Self::parse(&text)
	}

	/// Reads and checks a text.
	pub fn parse(text: &str) -> Result<Self, Error> {
		let file: File = toml::from_str(text).map_err(Box::new)?;
		file.check(text)
	}

	/// Everybody who signs something, the funder last.
	pub fn actors(&self) -> impl Iterator<Item = &Actor> {
		let founders = self.startups.iter().map(|startup| &startup.owner);
		founders.chain(&self.visitors).chain([&self.funder])
	}

	/// The founder or visitor with this id.
	pub fn actor(&self, id: &str) -> Option<&Actor> {
		self.actors().find(|actor| actor.id == id)
	}

	/// How the story calls an account; its address when it does not know it.
	pub fn id_of(&self, account: &AccountId) -> String {
		self.actors()
			.find(|actor| actor.account == *account)
			.map_or_else(|| account.to_string(), |actor| actor.id.clone())
	}

	/// Number of parcels that are claimed in the story.
	pub fn claims(&self) -> usize {
		self.startups.iter().map(Startup::claims).sum()
	}

	/// Fails when two actors have the same id or the same key.
	fn ensure_everybody_is_somebody_else(&self, text: &str) -> Result<(), Error> {
		let mut ids = HashMap::new();
		let mut accounts = HashMap::new();
		for (number, actor) in self.actors().enumerate() {
			let twice = if ids.insert(&actor.id, number).is_some() {
				"the same slug or id"
			} else if accounts.insert(&actor.account, number).is_some() {
				"the same seed"
			} else {
				continue;
			};
			let place = match text
				.lines()
				.enumerate()
				.filter(|(_, line)| names(line, &actor.id))
				.last()
			{
				Some((line, _)) => format!("line {}, {}", line + 1, actor.id),
				None => actor.id.clone(),
			};
			return Err(wrong(&place)(format!(
				"somebody else in the story has {twice}"
			)));
		}
		Ok(())
	}
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
	pub(crate) title: String,
	#[serde(default = "alice")]
	pub(crate) funder: String,
	#[serde(default = "pocket")]
	pub(crate) pocket: String,
	#[serde(default)]
	pub(crate) visitor: Vec<VisitorInFile>,
	pub(crate) startup: Vec<StartupInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitorInFile {
	id: Spanned<String>,
	name: String,
	seed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartupInFile {
	slug: Spanned<String>,
	name: String,
	seed: String,
	territory: String,
	uri: String,
	endpoint: String,
	sale_price: String,
	/// Parcels where the story wants them, as `x,y,WxH`.
	#[serde(default)]
	parcels: Vec<Spanned<String>>,
	/// Parcels that are laid out in rows, as `WxH` or `WxH*n`.
	rows: Option<RowsInFile>,
	#[serde(default)]
	trade: Vec<TradeInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowsInFile {
	#[serde(default)]
	gap: u16,
	sizes: Vec<String>,
}

/// What happens to land, as it is written. Who signs follows from who owns the parcel.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum TradeInFile {
	Visit {
		who: String,
		area: String,
	},
	Split {
		area: String,
		column: Option<u16>,
		row: Option<u16>,
	},
	Merge {
		a: String,
		b: String,
	},
	Sell {
		area: String,
		to: String,
		price: String,
	},
	Content {
		area: String,
		uri: String,
	},
	Builder {
		area: String,
		who: String,
		until: BlockNumber,
	},
	Release {
		area: String,
	},
}

pub(crate) fn alice() -> String {
	"//Alice".into()
}

pub(crate) fn pocket() -> String {
	"20".into()
}

impl File {
	/// Makes a story of what is written, and finds what cannot be.
	pub(crate) fn check(self, text: &str) -> Result<Story, Error> {
		let funder = Actor::new("funder", "Funder", &self.funder).map_err(wrong("funder"))?;
		let pocket = read_amount(&self.pocket).map_err(wrong("pocket"))?;
		let visitors = self
			.visitor
			.iter()
			.map(|visitor| {
				let place = format!(
					"line {}, visitor {}",
					line(text, &visitor.id),
					visitor.id.get_ref()
				);
				Actor::new(visitor.id.get_ref(), &visitor.name, &visitor.seed)
					.map_err(wrong(&place))
			})
			.collect::<Result<Vec<_>, _>>()?;
		let startups = self
			.startup
			.into_iter()
			.map(|startup| {
				let place = format!(
					"line {}, startup {}",
					line(text, &startup.slug),
					startup.slug.get_ref()
				);
				startup.check(text, &visitors).map_err(wrong(&place))
			})
			.collect::<Result<Vec<_>, _>>()?;
		let story = Story {
			title: self.title,
			funder,
			pocket,
			visitors,
			startups,
		};
		story.ensure_everybody_is_somebody_else(text)?;
		Ok(story)
	}
}

impl StartupInFile {
	/// Works out the parcels and the steps.
	fn check(self, text: &str, visitors: &[Actor]) -> Result<Startup, String> {
		let slug = self.slug.get_ref();
		pallet_metaverse::slug::check(slug.as_bytes()).map_err(|problem| {
			format!(
				"{slug:?} is no slug ({problem:?}): 3 to 32 characters of a-z, 0-9 and -, no - at \
				 either end"
			)
		})?;
		if pallet_metaverse::slug::is_reserved(slug.as_bytes()) {
			return Err(format!("{slug:?} is reserved for the network"));
		}
		let owner = Actor::new(slug, &self.name, &self.seed)?;
		let size = layout::size(&self.territory)
			.filter(|size| !size.is_empty())
			.ok_or_else(|| format!("the territory {:?} is no size like 96x64", self.territory))?;
		if size.cells() > max_founding_cells() {
			return Err(format!(
				"the territory {} has {} cells; at most {} can be bought at once",
				self.territory,
				size.cells(),
				max_founding_cells()
			));
		}
		let sale_price = read_amount(&self.sale_price)?;
		let parcels = self.check_parcels(text, size)?;
		let worlds = vec![World::founded(&parcels, slug)];
		let mut startup = Startup {
			owner,
			size,
			uri: self.uri,
			endpoint: self.endpoint,
			sale_price,
			parcels,
			steps: Vec::new(),
			worlds,
		};
		for (number, trade) in self.trade.into_iter().enumerate() {
			startup
				.trade(trade, visitors)
				.map_err(|problem| format!("trade {}: {problem}", number + 1))?;
		}
		Ok(startup)
	}

	/// The founder's parcels: those with a place first, then the rows.
	fn check_parcels(&self, text: &str, size: Size) -> Result<Vec<Area>, String> {
		let mut parcels: Vec<Area> = Vec::new();
		for entry in &self.parcels {
			let at = line(text, entry);
			let area =
				read_area(entry.get_ref()).map_err(|problem| format!("line {at}: {problem}"))?;
			ensure_fits(&area, size, &parcels)
				.map_err(|problem| format!("line {at}: {problem}"))?;
			parcels.push(area);
		}
		let Some(rows) = &self.rows else {
			return Ok(parcels);
		};
		let mut sizes = Vec::new();
		for entry in &rows.sizes {
			let several = layout::sizes(entry)
				.ok_or_else(|| format!("{entry:?} is no size like 4x4 or 4x4*10"))?;
			sizes.extend(several);
		}
		let areas = layout::rows(size, rows.gap, &sizes).map_err(|number| {
			let Size { width, height } = sizes[number];
			format!(
				"no room in the rows for parcel {} of {width}x{height}",
				number + 1
			)
		})?;
		for area in areas {
			ensure_fits(&area, size, &parcels)?;
			parcels.push(area);
		}
		Ok(parcels)
	}
}

impl Startup {
	/// Appends what a trade comes down to.
	fn trade(&mut self, trade: TradeInFile, visitors: &[Actor]) -> Result<(), String> {
		let known = |who: String| {
			let somebody = who == self.owner.id || visitors.iter().any(|actor| actor.id == who);
			somebody
				.then_some(())
				.ok_or_else(|| format!("nobody here is called {who:?}"))?;
			Ok::<_, String>(who)
		};
		let now = self.worlds.last().cloned().unwrap_or_default();
		let owner_of = |area: &Area| now.holding(area).map(|holding| holding.owner.clone());
		let steps = match trade {
			TradeInFile::Visit { who, area } => {
				let area = read_area(&area)?;
				let who = known(who)?;
				if who == self.owner.id {
					return Err("the founder claims for free; list the parcel above".into());
				}
				ensure_fits(&area, self.size, &[])?;
				let price = self
					.sale_price
					.checked_mul(area.cells().into())
					.ok_or("the price of the parcel is too high")?;
				vec![Step::Visit { who, area, price }]
			}
			TradeInFile::Split { area, column, row } => {
				let area = read_area(&area)?;
				let cut = match (column, row) {
					(Some(column), None) => Cut::Column(column),
					(None, Some(row)) => Cut::Row(row),
					_ => return Err("a split needs either a column or a row".into()),
				};
				vec![Step::Split {
					who: owner_of(&area)?,
					area,
					cut,
				}]
			}
			TradeInFile::Merge { a, b } => {
				let (a, b) = (read_area(&a)?, read_area(&b)?);
				if let Some(area) = a.join(&b) {
					ensure_fits(&area, self.size, &[])?;
				}
				vec![Step::Merge {
					who: owner_of(&a)?,
					a,
					b,
				}]
			}
			TradeInFile::Sell { area, to, price } => {
				let (area, to, price) = (read_area(&area)?, known(to)?, read_amount(&price)?);
				let who = owner_of(&area)?;
				vec![
					Step::Offer {
						who,
						area,
						price,
						to: to.clone(),
					},
					Step::Buy {
						who: to,
						area,
						price,
					},
				]
			}
			TradeInFile::Content { area, uri } => {
				let area = read_area(&area)?;
				vec![Step::Content {
					who: owner_of(&area)?,
					area,
					uri,
				}]
			}
			TradeInFile::Builder { area, who, until } => {
				let (area, builder) = (read_area(&area)?, known(who)?);
				vec![Step::Builder {
					who: owner_of(&area)?,
					area,
					builder,
					until,
				}]
			}
			TradeInFile::Release { area } => {
				let area = read_area(&area)?;
				vec![Step::Release {
					who: owner_of(&area)?,
					area,
				}]
			}
		};
		steps.into_iter().try_for_each(|step| self.append(step))
	}

	/// Appends a step, if one can tell afterwards that it has happened.
	fn append(&mut self, step: Step) -> Result<(), String> {
		let mut world = self.worlds.last().cloned().unwrap_or_default();
		world.apply(&step)?;
		if self
			.worlds
			.iter()
			.any(|before| world.is_true_of(&before.holdings))
		{
			return Err(format!(
				"after \"{step}\" the land is as it was before, so that a second run could not tell \
				 how far the first one came"
			));
		}
		self.steps.push(step);
		self.worlds.push(world);
		Ok(())
	}
}

/// Fails unless the area is a parcel that the chain would let somebody claim.
fn ensure_fits(area: &Area, size: Size, others: &[Area]) -> Result<(), String> {
	let shown = Shown(area);
	if area.is_empty() {
		return Err(format!("{shown} has no cells"));
	}
	if area.width.max(area.height) > max_parcel_side() {
		return Err(format!(
			"{shown} has a side of more than {} cells",
			max_parcel_side()
		));
	}
	if !size.contains(area) {
		return Err(format!(
			"{shown} is not inside the territory of {}x{}",
			size.width, size.height
		));
	}
	match others.iter().find(|other| other.overlaps(area)) {
		Some(other) => Err(format!("{shown} overlaps {}", Shown(other))),
		None => Ok(()),
	}
}

fn read_area(text: &str) -> Result<Area, String> {
	layout::area(text).ok_or_else(|| format!("{text:?} is no area like 3,4,5x6"))
}

fn read_amount(text: &str) -> Result<Balance, String> {
	money::parse(text)
		.ok_or_else(|| format!("{text:?} is no amount of MDG like 0.25, with at most 12 decimals"))
}

/// Line of a value in the file, counted from one.
pub(crate) fn line(text: &str, value: &Spanned<String>) -> usize {
	text.bytes()
		.take(value.span().start)
		.filter(|byte| *byte == b'\n')
		.count()
		+ 1
}

/// Whether a line of the file gives somebody this slug or id.
fn names(line: &str, id: &str) -> bool {
	line.split_once('=').is_some_and(|(key, value)| {
		matches!(key.trim(), "slug" | "id") && value.trim().trim_matches('"') == id
	})
}

pub(crate) fn wrong(place: &str) -> impl Fn(String) -> Error + '_ {
	move |problem| Error::Wrong {
		place: place.into(),
		problem,
	}
}

#[cfg(test)]
mod tests;
