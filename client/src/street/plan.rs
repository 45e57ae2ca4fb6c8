//! Who has a door in which plot, which worlds are linked, and who goes through.
//!
//! A plan is a TOML file: a story of founders and visitors, and portals on top. Everything that can be
//! known to be wrong is found when it is loaded, and not after half of it has been played.

use std::{collections::BTreeSet, path::Path};

use madang_primitives::{
	escrow::AssetKind,
	portal::{Split, Way, MAX_HOPS, MAX_SPAWN_LEN},
	town::{self, Plot},
};
use serde::Deserialize;
use sp_runtime::Permill;
use toml::Spanned;

use crate::{
	campaign::answers::asset,
	story::{self, line, wrong, Actor, Error, Startup, StartupInFile, Story, VisitorInFile},
};

/// What the ids of doors begin with.
const DOOR: &str = "door-";

/// A plan that can be played.
#[derive(Clone)]
pub struct Plan {
	/// The founders with their land, and the visitors.
	pub story: Story,
	/// Slug of the town.
	pub town: String,
	/// The doors, one for each startup.
	pub doors: Vec<Door>,
	/// The portals: those of the doors in the same order, then the links.
	pub portals: Vec<Portal>,
	/// The walk from one end to the other.
	pub walk: Walk,
	/// Who else tries a portal.
	pub errands: Vec<Errand>,
}

/// A plot in the town, and whose it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Door {
	/// Which of the startups.
	pub startup: usize,
	/// The plot.
	pub plot: Plot,
}

/// A place where one can be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
	/// The town.
	Town,
	/// The world of one of the startups.
	World(usize),
}

/// A portal as it should be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Portal {
	/// How the plan calls it, and how the place is called where its visitors appear.
	pub id: String,
	/// Which of the doors it is, if it is one.
	pub door: Option<usize>,
	/// Where it begins.
	pub source: Place,
	/// The startup in whose world it ends.
	pub destination: usize,
	/// Whether it leads one way only.
	pub one_way: bool,
	/// What it costs.
	pub toll: Option<Toll>,
	/// Ids of those whom it lets through; everyone when there are none.
	pub members: Vec<String>,
	/// How things should stand with it.
	pub state: State,
}

impl Portal {
	/// Where one is after going through from here, and which way that is.
	fn leads(&self, here: Place) -> Option<(Place, Way)> {
		let destination = Place::World(self.destination);
		if here == self.source {
			Some((destination, Way::There))
		} else if here == destination && !self.one_way {
			Some((self.source, Way::Back))
		} else {
			None
		}
	}
}

/// What a portal costs and who gets it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Toll {
	/// What it is paid in.
	pub asset: AssetKind,
	/// How much, as people write it: only the chain knows the decimals of an asset.
	pub amount: String,
	/// Who gets which part.
	pub split: Split,
}

/// How things should stand with a portal.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum State {
	/// It carries visitors.
	#[default]
	Open,
	/// The founder where it begins has paused it.
	Paused,
	/// The founder where it begins closes it.
	Closing,
}

/// Somebody who goes from one world to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Walk {
	/// Id of the visitor.
	pub who: String,
	/// The startup in whose world it begins.
	pub from: usize,
	/// The startup in whose world it ends.
	pub to: usize,
	/// Most portals on the way.
	pub max_hops: u32,
	/// The portals that the chain should name, and which way through each.
	pub through: Vec<(usize, Way)>,
}

/// Somebody who tries one portal from its source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Errand {
	/// Id of the visitor.
	pub who: String,
	/// Which of the portals.
	pub portal: usize,
	/// How it ends.
	pub ends: Ending,
}

/// How an errand ends.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
	/// The destination lets the visitor in.
	Admitted,
	/// The destination refuses the pass, and the visitor has everything back.
	Refused,
	/// The chain gives no pass to somebody who is not on the list.
	NotOnList,
	/// The chain gives no pass because the portal is paused.
	Paused,
}

impl Ending {
	/// The error with which the chain gives no pass; `None` where it gives one.
	pub fn error(self) -> Option<&'static str> {
		match self {
			Self::Admitted | Self::Refused => None,
			Self::NotOnList => Some("Portal.NotOnList"),
			Self::Paused => Some("Portal.PortalPaused"),
		}
	}
}

impl Plan {
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
		let story = story::File {
			title: file.title,
			funder: file.funder,
			pocket: file.pocket,
			visitor: file.visitor,
			startup: file.startup,
		}
		.check(text)?;
		let mut plan = Self {
			story,
			town: file.town,
			doors: Vec::new(),
			portals: Vec::new(),
			walk: Walk {
				who: file.walk.who.get_ref().clone(),
				from: 0,
				to: 0,
				max_hops: file.walk.max_hops,
				through: Vec::new(),
			},
			errands: Vec::new(),
		};
		for door in file.door {
			let place = place(text, "door of", &door.startup);
			plan.add_door(door).map_err(wrong(&place))?;
		}
		plan.ensure_everybody_has_a_door().map_err(wrong("door"))?;
		for link in file.link {
			let place = place(text, "link", &link.id);
			plan.add_link(link).map_err(wrong(&place))?;
		}
		for errand in file.errand {
			let place = place(text, "errand of", &errand.who);
			plan.add_errand(errand).map_err(wrong(&place))?;
		}
		let place = place(text, "walk of", &file.walk.who);
		plan.set_walk(file.walk).map_err(wrong(&place))?;
		Ok(plan)
	}

	/// The startup with this number.
	pub fn startup(&self, number: usize) -> Result<&Startup, String> {
		let found = self.story.startups.get(number);
		found.ok_or_else(|| format!("there is no startup {number}"))
	}

	/// The portal with this id.
	pub fn portal(&self, id: &str) -> Option<&Portal> {
		self.portals.iter().find(|portal| portal.id == id)
	}

	/// The visitor with this id.
	pub fn visitor(&self, id: &str) -> Option<&Actor> {
		self.story.visitors.iter().find(|visitor| visitor.id == id)
	}

	/// The street at which all doors are.
	pub fn street(&self) -> u16 {
		self.doors
			.first()
			.map_or(town::MAIN_STREET, |door| door.plot.street)
	}

	/// The assets in which tolls are paid, each once.
	pub fn assets(&self) -> Vec<AssetKind> {
		let mut assets = Vec::new();
		for toll in self
			.portals
			.iter()
			.filter_map(|portal| portal.toll.as_ref())
		{
			if !assets.contains(&toll.asset) {
				assets.push(toll.asset.clone());
			}
		}
		assets
	}

	/// The portals of which a visitor needs a pass that costs something or is shown to somebody.
	pub fn passes_of(&self, who: &str) -> Vec<usize> {
		let errands = self
			.errands
			.iter()
			.filter(|errand| errand.who == who && errand.ends.error().is_none())
			.map(|errand| errand.portal);
		let walk = self
			.walk
			.through
			.iter()
			.filter(|_| self.walk.who == who)
			.map(|(portal, _)| *portal)
			.filter(|portal| self.portals[*portal].toll.is_some());
		errands.chain(walk).collect()
	}

	fn number_of(&self, slug: &str) -> Result<usize, String> {
		self.story
			.startups
			.iter()
			.position(|startup| startup.slug() == slug)
			.ok_or_else(|| format!("no startup has the slug {slug:?}"))
	}

	fn number_of_portal(&self, id: &str) -> Result<usize, String> {
		self.portals
			.iter()
			.position(|portal| portal.id == id)
			.ok_or_else(|| format!("no door or link is called {id:?}"))
	}

	fn add_door(&mut self, door: DoorInFile) -> Result<(), String> {
		let slug = door.startup.get_ref();
		let startup = self.number_of(slug)?;
		let plot = town::plot(door.plot).ok_or_else(|| {
			format!(
				"there is no plot {}: a town has the plots 1 to {}",
				door.plot,
				town::PLOTS
			)
		})?;
		for other in &self.doors {
			if other.startup == startup {
				return Err("it has two doors; one is enough".into());
			}
			if other.plot.number == plot.number {
				let who = self.startup(other.startup)?.slug();
				return Err(format!("plot {} is already that of {who}", plot.number));
			}
			if other.plot.street != plot.street {
				return Err(format!(
					"plot {} is at street {}, the doors before are at street {}: a picture shows one \
					 street",
					plot.number, plot.street, other.plot.street
				));
			}
		}
		let number = self.doors.len();
		let id = format!("{DOOR}{slug}");
		self.doors.push(Door { startup, plot });
		self.add_portal(id, Some(number), Place::Town, startup, door.terms())
	}

	fn ensure_everybody_has_a_door(&self) -> Result<(), String> {
		for (number, startup) in self.story.startups.iter().enumerate() {
			if !self.doors.iter().any(|door| door.startup == number) {
				return Err(format!("{} has none; give it a plot", startup.slug()));
			}
		}
		Ok(())
	}

	fn add_link(&mut self, link: LinkInFile) -> Result<(), String> {
		let id = link.id.get_ref().clone();
		let (from, to) = (self.number_of(&link.from)?, self.number_of(&link.to)?);
		if from == to {
			return Err("it leads to the world where it begins".into());
		}
		self.add_portal(id, None, Place::World(from), to, link.terms())
	}

	fn add_portal(
		&mut self,
		id: String,
		door: Option<usize>,
		source: Place,
		destination: usize,
		terms: TermsInFile,
	) -> Result<(), String> {
		if id.is_empty() || id.len() > MAX_SPAWN_LEN as usize {
			return Err(format!("an id has 1 to {MAX_SPAWN_LEN} bytes"));
		}
		if self.portal(&id).is_some() {
			return Err(format!("another portal is called {id:?}"));
		}
		if let Some(who) = terms.members.iter().find(|who| self.visitor(who).is_none()) {
			return Err(format!("no visitor is called {who:?}"));
		}
		let members: BTreeSet<_> = terms.members.iter().collect();
		if members.len() < terms.members.len() {
			return Err("somebody is on the list of members twice".into());
		}
		let toll = terms.toll.map(TollInFile::check).transpose()?;
		self.portals.push(Portal {
			id,
			door,
			source,
			destination,
			one_way: terms.one_way,
			toll,
			members: terms.members,
			state: terms.state,
		});
		Ok(())
	}

	fn add_errand(&mut self, errand: ErrandInFile) -> Result<(), String> {
		let who = errand.who.get_ref().clone();
		self.ensure_is_free(&who)?;
		let number = self.number_of_portal(&errand.portal)?;
		let portal = &self.portals[number];
		let carries = portal.state != State::Paused;
		let let_through = portal.members.is_empty() || portal.members.contains(&who);
		let possible = match errand.ends {
			Ending::Admitted | Ending::Refused => carries && let_through,
			Ending::NotOnList => carries && !let_through,
			Ending::Paused => !carries,
		};
		if !possible {
			return Err(format!(
				"trying {} cannot end like this: it is {:?}, and {} lets {} through",
				portal.id,
				portal.state,
				if portal.members.is_empty() {
					"no list"
				} else {
					"its list"
				},
				if let_through { "the visitor" } else { "others" }
			));
		}
		self.errands.push(Errand {
			who,
			portal: number,
			ends: errand.ends,
		});
		Ok(())
	}

	/// Whoever has been out must be known by having been out for one thing only.
	fn ensure_is_free(&self, who: &str) -> Result<(), String> {
		if self.visitor(who).is_none() {
			return Err(format!("no visitor is called {who:?}"));
		}
		if self.errands.iter().any(|errand| errand.who == who) {
			return Err(
				"this visitor has another errand, so that a second run could not tell which one was \
				 done; name somebody else"
					.into(),
			);
		}
		Ok(())
	}

	fn set_walk(&mut self, walk: WalkInFile) -> Result<(), String> {
		self.ensure_is_free(walk.who.get_ref())?;
		let (from, to) = (self.number_of(&walk.from)?, self.number_of(&walk.to)?);
		if !(1..=MAX_HOPS).contains(&walk.max_hops) {
			return Err(format!("max_hops is 1 to {MAX_HOPS}"));
		}
		if walk.through.len() > walk.max_hops as usize {
			return Err(format!(
				"{} portals are more than max_hops",
				walk.through.len()
			));
		}
		let mut here = Place::World(from);
		let mut through = Vec::new();
		for id in &walk.through {
			let number = self.number_of_portal(id)?;
			let portal = &self.portals[number];
			if !portal.members.is_empty() {
				return Err(format!("{id} is for members, and a route is for everyone"));
			}
			if portal.state == State::Paused {
				return Err(format!("{id} is paused"));
			}
			if through.iter().any(|(known, _)| *known == number) {
				return Err(format!("{id} comes twice"));
			}
			let (there, way) = portal
				.leads(here)
				.ok_or_else(|| format!("{id} does not lead on from where one is then"))?;
			here = there;
			through.push((number, way));
		}
		if here != Place::World(to) {
			return Err(format!("the portals do not lead to {}", walk.to));
		}
		self.walk = Walk {
			who: walk.who.into_inner(),
			from,
			to,
			max_hops: walk.max_hops,
			through,
		};
		Ok(())
	}
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	title: String,
	town: String,
	#[serde(default = "story::alice")]
	funder: String,
	#[serde(default = "story::pocket")]
	pocket: String,
	#[serde(default)]
	visitor: Vec<VisitorInFile>,
	startup: Vec<StartupInFile>,
	door: Vec<DoorInFile>,
	#[serde(default)]
	link: Vec<LinkInFile>,
	walk: WalkInFile,
	#[serde(default)]
	errand: Vec<ErrandInFile>,
}

/// What doors and links have in common.
struct TermsInFile {
	one_way: bool,
	toll: Option<TollInFile>,
	members: Vec<String>,
	state: State,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DoorInFile {
	startup: Spanned<String>,
	plot: u16,
	#[serde(default)]
	one_way: bool,
	toll: Option<TollInFile>,
	#[serde(default)]
	members: Vec<String>,
	#[serde(default)]
	state: State,
}

impl DoorInFile {
	fn terms(self) -> TermsInFile {
		TermsInFile {
			one_way: self.one_way,
			toll: self.toll,
			members: self.members,
			state: self.state,
		}
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkInFile {
	id: Spanned<String>,
	from: String,
	to: String,
	#[serde(default)]
	one_way: bool,
	toll: Option<TollInFile>,
	#[serde(default)]
	members: Vec<String>,
	#[serde(default)]
	state: State,
}

impl LinkInFile {
	fn terms(self) -> TermsInFile {
		TermsInFile {
			one_way: self.one_way,
			toll: self.toll,
			members: self.members,
			state: self.state,
		}
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TollInFile {
	asset: String,
	amount: String,
	source: u32,
	destination: u32,
	network: u32,
}

impl TollInFile {
	fn check(self) -> Result<Toll, String> {
		let asset = asset(&self.asset)?;
		let written = |text: &str| {
			let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
			[whole, part].iter().all(|digits| {
				!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
			})
		};
		if !written(&self.amount) {
			return Err(format!("the toll {:?} is no amount like 0.25", self.amount));
		}
		if self.amount.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
			return Err("the toll is zero; leave it out to make the portal free".into());
		}
		let sum = [self.source, self.destination, self.network]
			.into_iter()
			.map(u64::from)
			.sum::<u64>();
		if sum != 1_000_000 {
			return Err(format!(
				"the parts of the toll are {sum} millionths together and not 1000000"
			));
		}
		Ok(Toll {
			asset,
			amount: self.amount,
			split: Split {
				source: Permill::from_parts(self.source),
				destination: Permill::from_parts(self.destination),
				network: Permill::from_parts(self.network),
			},
		})
	}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WalkInFile {
	who: Spanned<String>,
	from: String,
	to: String,
	max_hops: u32,
	through: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrandInFile {
	who: Spanned<String>,
	portal: String,
	ends: Ending,
}

/// Where in the file something is.
fn place(text: &str, what: &str, name: &Spanned<String>) -> String {
	format!("line {}, {what} {}", line(text, name), name.get_ref())
}

#[cfg(test)]
mod tests;
