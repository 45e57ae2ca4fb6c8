//! What a story does to a territory, step by step, and how far a chain has come with it.

use std::fmt;

use madang_primitives::{
	geometry::{Area, Cut},
	Balance,
};
use madang_runtime::BlockNumber;

/// One transaction of a story on the land of one startup. Actors are named by their ids.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
	/// A visitor claims at the price of the open sale.
	Visit {
		/// Who claims.
		who: String,
		/// What is claimed.
		area: Area,
		/// For how much.
		price: Balance,
	},
	/// An owner cuts a parcel in two.
	Split {
		/// The owner.
		who: String,
		/// The parcel.
		area: Area,
		/// Where it is cut.
		cut: Cut,
	},
	/// An owner joins two parcels.
	Merge {
		/// The owner.
		who: String,
		/// One of them.
		a: Area,
		/// The other one.
		b: Area,
	},
	/// An owner offers a parcel to somebody.
	Offer {
		/// The owner.
		who: String,
		/// The parcel.
		area: Area,
		/// For how much.
		price: Balance,
		/// To whom.
		to: String,
	},
	/// Somebody buys a parcel that was offered.
	Buy {
		/// The buyer.
		who: String,
		/// The parcel.
		area: Area,
		/// For how much.
		price: Balance,
	},
	/// An owner tells what is built on a parcel.
	Content {
		/// The owner.
		who: String,
		/// The parcel.
		area: Area,
		/// Where its manifest is.
		uri: String,
	},
	/// An owner lets somebody build on a parcel.
	Builder {
		/// The owner.
		who: String,
		/// The parcel.
		area: Area,
		/// Who may build.
		builder: String,
		/// First block in which the right is over.
		until: BlockNumber,
	},
	/// An owner gives a parcel back.
	Release {
		/// The owner.
		who: String,
		/// The parcel.
		area: Area,
	},
}

impl Step {
	/// Who signs it.
	pub fn who(&self) -> &str {
		match self {
			Self::Visit { who, .. }
			| Self::Split { who, .. }
			| Self::Merge { who, .. }
			| Self::Offer { who, .. }
			| Self::Buy { who, .. }
			| Self::Content { who, .. }
			| Self::Builder { who, .. }
			| Self::Release { who, .. } => who,
		}
	}

	/// What the one who signs it pays for land.
	pub fn pays(&self) -> Balance {
		match self {
			Self::Visit { price, .. } | Self::Buy { price, .. } => *price,
			_ => 0,
		}
	}
}

impl fmt::Display for Step {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		use crate::money::format as money;
		match self {
			Self::Visit { who, area, price } => {
				write!(f, "{who} claims {} for {}", Shown(area), money(*price))
			}
			Self::Split {
				who,
				area,
				cut: Cut::Column(column),
			} => {
				write!(f, "{who} splits {} at column {column}", Shown(area))
			}
			Self::Split {
				who,
				area,
				cut: Cut::Row(row),
			} => {
				write!(f, "{who} splits {} at row {row}", Shown(area))
			}
			Self::Merge { who, a, b } => write!(f, "{who} merges {} and {}", Shown(a), Shown(b)),
			Self::Offer {
				who,
				area,
				price,
				to,
			} => {
				write!(
					f,
					"{who} offers {} to {to} for {}",
					Shown(area),
					money(*price)
				)
			}
			Self::Buy { who, area, price } => {
				write!(f, "{who} buys {} for {}", Shown(area), money(*price))
			}
			Self::Content { who, area, uri } => {
				write!(f, "{who} builds {uri} on {}", Shown(area))
			}
			Self::Builder {
				who,
				area,
				builder,
				until,
			} => {
				write!(
					f,
					"{who} lets {builder} build on {} until block {until}",
					Shown(area)
				)
			}
			Self::Release { who, area } => write!(f, "{who} gives back {}", Shown(area)),
		}
	}
}

/// An area in words.
pub struct Shown<'a>(pub &'a Area);

impl fmt::Display for Shown<'_> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let Area {
			x,
			y,
			width,
			height,
		} = self.0;
		write!(f, "{width}x{height} at ({x}, {y})")
	}
}

/// A parcel: in a story what is said of it, from a chain what is true of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
	/// Its cells.
	pub area: Area,
	/// Id of its owner; from a chain the address, when the owner is nobody in the story.
	pub owner: String,
	/// What is built there.
	pub content: Option<String>,
	/// Who may build there.
	pub builder: Option<String>,
	/// For how much it is offered.
	pub price: Option<Balance>,
}

impl Holding {
	/// A parcel on which nothing happened yet.
	pub fn new(area: Area, owner: impl Into<String>) -> Self {
		Self {
			area,
			owner: owner.into(),
			content: None,
			builder: None,
			price: None,
		}
	}

	/// Whether everything that is said here is true of `fact`. What is not said is not asked: what a
	/// parcel was used for before a story says something of it is nobody's business.
	fn is_true_of(&self, fact: &Self) -> bool {
		fn said<T: PartialEq>(said: &Option<T>, fact: &Option<T>) -> bool {
			said.is_none() || said == fact
		}
		self.area == fact.area
			&& self.owner == fact.owner
			&& said(&self.content, &fact.content)
			&& said(&self.builder, &fact.builder)
			&& said(&self.price, &fact.price)
	}
}

/// What a story says of a territory after some of its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
	/// The parcels.
	pub holdings: Vec<Holding>,
	/// Parcels that were given back, and by whom.
	pub released: Vec<(Area, String)>,
}

impl World {
	/// The founder's own parcels and nothing else.
	pub fn founded(areas: &[Area], owner: &str) -> Self {
		let holdings = areas
			.iter()
			.map(|area| Holding::new(*area, owner))
			.collect();
		Self {
			holdings,
			released: Vec::new(),
		}
	}

	/// The parcel with exactly these cells.
	pub fn holding(&self, area: &Area) -> Result<&Holding, String> {
		self.holdings
			.iter()
			.find(|holding| holding.area == *area)
			.ok_or_else(|| {
				format!(
					"there is no parcel {} at that point of the story",
					Shown(area)
				)
			})
	}

	/// Whether a chain with these parcels has come exactly this far, as far as one can tell. Parcels
	/// elsewhere in the territory are somebody else's and do not matter.
	pub fn is_true_of(&self, facts: &[Holding]) -> bool {
		let there = |said: &Holding| facts.iter().any(|fact| said.is_true_of(fact));
		let gone = |(area, who): &(Area, String)| {
			!facts
				.iter()
				.any(|fact| fact.area == *area && fact.owner == *who)
		};
		self.holdings.iter().all(there) && self.released.iter().all(gone)
	}

	/// What is not as it says here, one sentence each.
	pub fn differences(&self, facts: &[Holding]) -> Vec<String> {
		let missing = self.holdings.iter().filter_map(|said| {
			if facts.iter().any(|fact| said.is_true_of(fact)) {
				return None;
			}
			let shown = Shown(&said.area);
			Some(
				match facts.iter().find(|fact| fact.area.overlaps(&said.area)) {
					Some(fact) if fact.area == said.area => {
						format!("{shown} should be {said}, but is {fact}")
					}
					Some(fact) => {
						format!("{shown} overlaps {}, which is {fact}", Shown(&fact.area))
					}
					None => format!("{shown} should be {said}, but is free"),
				},
			)
		});
		let left = self.released.iter().filter_map(|(area, who)| {
			let fact = facts
				.iter()
				.find(|fact| fact.area == *area && fact.owner == *who)?;
			Some(format!("{} should be free, but is {fact}", Shown(area)))
		});
		missing.chain(left).collect()
	}

	/// Lets a step happen. Fails with the reason why it cannot.
	pub fn apply(&mut self, step: &Step) -> Result<(), String> {
		match step {
			Step::Visit { who, area, .. } => self.add(Holding::new(*area, who)),
			Step::Split { who, area, cut } => {
				self.remove(who, area)?;
				let (first, second) = area
					.split(*cut)
					.ok_or("a part would have no cells after the cut")?;
				self.add(Holding::new(first, who))?;
				self.add(Holding::new(second, who))
			}
			Step::Merge { who, a, b } => {
				self.remove(who, a)?;
				self.remove(who, b)?;
				let area = a.join(b).ok_or_else(|| {
					format!("{} and {} together are no rectangle", Shown(a), Shown(b))
				})?;
				self.add(Holding::new(area, who))
			}
			Step::Offer {
				who,
				area,
				price,
				to,
			} => {
				if who == to {
					return Err(format!("{who} cannot sell to {to}"));
				}
				self.owned(who, area)?.price = Some(*price);
				Ok(())
			}
			Step::Buy { who, area, .. } => {
				let index = self.position(area)?;
				self.holdings[index] = Holding::new(*area, who);
				Ok(())
			}
			Step::Content { who, area, uri } => {
				self.owned(who, area)?.content = Some(uri.clone());
				Ok(())
			}
			Step::Builder {
				who, area, builder, ..
			} => {
				if who == builder {
					return Err(format!("{who} owns it and need not be its builder"));
				}
				self.owned(who, area)?.builder = Some(builder.clone());
				Ok(())
			}
			Step::Release { who, area } => {
				self.remove(who, area)?;
				self.released.push((*area, who.clone()));
				Ok(())
			}
		}
	}

	fn position(&self, area: &Area) -> Result<usize, String> {
		self.holding(area)?;
		Ok(self
			.holdings
			.iter()
			.take_while(|holding| holding.area != *area)
			.count())
	}

	fn owned(&mut self, who: &str, area: &Area) -> Result<&mut Holding, String> {
		let index = self.position(area)?;
		let holding = &mut self.holdings[index];
		if holding.owner != who {
			return Err(format!(
				"{} belongs to {}, not to {who}",
				Shown(area),
				holding.owner
			));
		}
		Ok(holding)
	}

	fn remove(&mut self, who: &str, area: &Area) -> Result<(), String> {
		self.owned(who, area)?;
		self.holdings.retain(|holding| holding.area != *area);
		Ok(())
	}

	fn add(&mut self, new: Holding) -> Result<(), String> {
		if let Some(other) = self
			.holdings
			.iter()
			.find(|other| other.area.overlaps(&new.area))
		{
			return Err(format!(
				"{} overlaps {}",
				Shown(&new.area),
				Shown(&other.area)
			));
		}
		self.released.retain(|(area, _)| *area != new.area);
		self.holdings.push(new);
		Ok(())
	}
}

impl fmt::Display for Holding {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}'s", self.owner)?;
		if let Some(uri) = &self.content {
			write!(f, " with {uri}")?;
		}
		if let Some(builder) = &self.builder {
			write!(f, " with {builder} as its builder")?;
		}
		if let Some(price) = self.price {
			write!(f, " for sale at {}", crate::money::format(price))?;
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const LEFT: Area = Area::new(0, 0, 2, 4);
	const RIGHT: Area = Area::new(2, 0, 2, 4);
	const BOTH: Area = Area::new(0, 0, 4, 4);

	fn world() -> World {
		World::founded(&[BOTH], "toss")
	}

	#[test]
	fn a_parcel_is_split_sold_and_built_on() -> Result<(), String> {
		let mut world = world();
		world.apply(&Step::Split {
			who: "toss".into(),
			area: BOTH,
			cut: Cut::Column(2),
		})?;
		world.apply(&Step::Offer {
			who: "toss".into(),
			area: LEFT,
			price: 7,
			to: "minji".into(),
		})?;
		assert_eq!(world.holding(&LEFT)?.price, Some(7));
		world.apply(&Step::Buy {
			who: "minji".into(),
			area: LEFT,
			price: 7,
		})?;
		assert_eq!(world.holding(&LEFT)?, &Holding::new(LEFT, "minji"));
		let build = |who: &str| Step::Content {
			who: who.into(),
			area: LEFT,
			uri: "ipfs://a".into(),
		};
		assert!(world.apply(&build("toss")).is_err());
		world.apply(&build("minji"))?;
		assert!(world
			.apply(&Step::Merge {
				who: "toss".into(),
				a: LEFT,
				b: RIGHT
			})
			.is_err());
		Ok(())
	}

	#[test]
	fn steps_are_told_apart_by_what_they_leave_behind() -> Result<(), String> {
		let before = world();
		let mut after = before.clone();
		after.apply(&Step::Release {
			who: "toss".into(),
			area: BOTH,
		})?;
		assert!(before.is_true_of(&before.holdings));
		assert!(!after.is_true_of(&before.holdings));
		assert!(after.is_true_of(&after.holdings));
		assert!(!before.is_true_of(&after.holdings));
		// Somebody else may have taken what was given back.
		assert!(after.is_true_of(&[Holding::new(BOTH, "5Somebody")]));
		Ok(())
	}

	#[test]
	fn differences_say_what_stands_there_instead() {
		let told = |facts: &[Holding]| world().differences(facts).join("\n");
		assert_eq!(told(&[Holding::new(BOTH, "toss")]), "");
		assert!(told(&[]).contains("is free"));
		assert!(told(&[Holding::new(BOTH, "daangn")]).contains("but is daangn's"));
		assert!(told(&[Holding::new(LEFT, "toss")]).contains("overlaps 2x4 at (0, 0)"));
	}
}
