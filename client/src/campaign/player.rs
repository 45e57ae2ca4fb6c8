//! Plays scripts on a chain.
//!
//! Founders, investors and the passer-by who calls `advance` have accounts that are derived from the
//! development phrase and a tag, so each run has its own. Nothing is known of a campaign but what the
//! chain answers: the player waits until it says that a phase has come, and then does its part.

use std::{path::Path, time::Duration};

use futures::future::try_join_all;
use madang_primitives::{
	escrow::{AssetKind, CampaignId, Phase, PositionId},
	geometry::Size,
	Balance,
};
use madang_runtime::{AccountId, BlockNumber, Hash, RuntimeCall, RuntimeEvent, Treasury};
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use tokio::time::{sleep, Instant};

use super::{
	answers::Campaign,
	calls,
	chart::{Chart, Sample},
	failed,
	script::{Plot, Script},
	statement::{signed, Flow, Party, Reason, Statement},
	unexpected, Error, Person,
};
use crate::{
	answers::Metaverse,
	calls as common,
	chain::{self, Chain, Included},
	money::{Unit, MDG},
};

/// Territory of a startup that collects money. It needs no more for it.
const TERRITORY: Size = Size {
	width: 16,
	height: 16,
};

/// What everybody gets for deposits and fees, on top of what the script needs.
const POCKET: Balance = 5 * MDG;

/// What a founder gets on top of that for deposits.
const FOUNDER_POCKET: Balance = 20 * MDG;

/// Longest wait for a phase.
const PATIENCE: Duration = Duration::from_secs(240);

/// How often is looked whether a phase has come.
const POLL: Duration = Duration::from_millis(700);

/// Longest tag.
const MAX_TAG: usize = 12;

/// What came of the scripts.
pub struct Report {
	/// The campaigns, in the order of the scripts.
	pub campaigns: Vec<Played>,
	/// What is wrong with what the treasury got, in words.
	pub treasury: Vec<String>,
	/// Transactions that were sent.
	pub transactions: usize,
}

/// A campaign that was played to its end.
pub struct Played {
	/// Its short name.
	pub name: &'static str,
	/// Its id on the chain.
	pub id: CampaignId,
	/// Where its money went.
	pub statement: Statement,
	/// Its money over time.
	pub chart: Chart,
	/// Whether it was closed, because nobody had anything in it any more.
	pub closed: bool,
}

impl Report {
	/// What does not add up. Nothing, if all is well.
	pub fn problems(&self) -> Vec<String> {
		let campaigns = self.campaigns.iter().flat_map(|campaign| {
			let problems = campaign.statement.problems().into_iter();
			problems.map(move |problem| format!("{}: {problem}", campaign.name))
		});
		campaigns.chain(self.treasury.iter().cloned()).collect()
	}

	/// Writes a picture and a statement for each campaign.
	pub fn write(&self, folder: &Path) -> std::io::Result<()> {
		std::fs::create_dir_all(folder)?;
		for campaign in &self.campaigns {
			let file = |end: &str| folder.join(format!("{}.{end}", campaign.name));
			std::fs::write(file("svg"), campaign.chart.svg())?;
			std::fs::write(file("txt"), campaign.statement.text())?;
		}
		Ok(())
	}
}

/// Makes sure that a tag can be the end of a slug.
pub fn check_tag(tag: &str) -> Result<(), Error> {
	let fits = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
	if tag.is_empty() || tag.len() > MAX_TAG || !tag.bytes().all(fits) {
		return Err(unexpected(
			"tag",
			format!("{tag:?} does not have 1 to {MAX_TAG} characters of a-z and 0-9"),
		));
	}
	Ok(())
}

/// A tag that no run before can have had on this chain: its height.
pub async fn fresh_tag(chain: &Chain) -> Result<String, Error> {
	let height = chain
		.height()
		.await
		.map_err(failed("tag", "ask for the best block"))?;
	Ok(format!("{height:x}"))
}

/// Plays scripts at the same time, each to its end. `say` hears of everything that happens, one line
/// at a time.
pub async fn play(
	chain: &Chain,
	scripts: &'static [Script],
	tag: &str,
	funder: &Person,
	say: &(dyn Fn(&str) + Sync),
) -> Result<Report, Error> {
	check_tag(tag)?;
	let sent = chain.submitted();
	let mut stages = Vec::new();
	for script in scripts {
		stages.push(Stage::new(chain, script, tag, say).await?);
	}
	// Before anything is paid to the treasury by these campaigns.
	let before = treasury(chain, &stages).await?;
	let finished = try_join_all(stages.iter().map(|stage| stage.play(funder))).await?;
	let after = treasury(chain, &stages).await?;
	let mut problems = Vec::new();
	for ((asset, unit, before), (_, _, after)) in before.iter().zip(&after) {
		let expected = finished
			.iter()
			.zip(&stages)
			.filter(|(_, stage)| stage.script.asset == *asset)
			.fold(0, |sum: Balance, (played, _)| {
				sum.saturating_add(played.statement.network)
			});
		// Others may pay the treasury too while these campaigns are played.
		if after.saturating_sub(*before) < expected {
			problems.push(format!(
				"the treasury got {} {} and not the {} of all releases",
				unit.format(after.saturating_sub(*before)),
				unit.symbol,
				unit.format(expected)
			));
		}
	}
	let closed = finished
		.into_iter()
		.zip(&stages)
		.map(|(played, stage)| stage.close(played));
	Ok(Report {
		campaigns: try_join_all(closed).await?,
		treasury: problems,
		transactions: chain.submitted() - sent,
	})
}

/// What the treasury has of each asset of the scripts but the native one, in which it gets the fees
/// of everybody.
async fn treasury(
	chain: &Chain,
	stages: &[Stage<'_>],
) -> Result<Vec<(AssetKind, Unit, Balance)>, Error> {
	let mut found: Vec<(AssetKind, Unit, Balance)> = Vec::new();
	for stage in stages {
		let asset = &stage.script.asset;
		if *asset == AssetKind::Native || found.iter().any(|(known, ..)| known == asset) {
			continue;
		}
		let purse = chain
			.purse(asset, &Treasury::account_id(), None)
			.await
			.map_err(failed("treasury", "read its balance"))?;
		found.push((asset.clone(), stage.unit.clone(), purse.total()));
	}
	Ok(found)
}

/// Founds a small metaverse for somebody who has the money for it.
pub async fn found(chain: &Chain, founder: &Person, slug: &str) -> Result<Metaverse, Error> {
	let quote = chain
		.quote(TERRITORY.cells())
		.await
		.map_err(failed(slug, "ask what its territory costs"))?;
	let price = quote.price.max(quote.next_price);
	let profile = common::profile(&founder.name, "");
	chain
		.submit(
			&founder.pair,
			common::register(slug, profile, TERRITORY, price),
		)
		.await
		.map_err(failed(slug, "register its metaverse"))?;
	chain
		.metaverse_by_slug(slug)
		.await
		.map_err(failed(slug, "look for its metaverse"))?
		.ok_or_else(|| unexpected(slug, "its metaverse was registered and is not there"))
}

/// The id of the campaign that a transaction created.
pub fn created(included: &Included) -> Option<CampaignId> {
	included.events.iter().find_map(|event| match event {
		RuntimeEvent::Escrow(pallet_escrow::Event::Created { campaign, .. }) => Some(*campaign),
		_ => None,
	})
}

/// The position to which a transaction committed money.
pub fn committed(included: &Included) -> Option<PositionId> {
	included.events.iter().find_map(|event| match event {
		RuntimeEvent::Escrow(pallet_escrow::Event::Committed { position, .. }) => Some(*position),
		_ => None,
	})
}

/// The network's share of what a transaction released.
fn released_fee(included: &Included) -> Balance {
	included
		.events
		.iter()
		.fold(0, |sum: Balance, event| match event {
			RuntimeEvent::Escrow(pallet_escrow::Event::Released { fee, .. }) => {
				sum.saturating_add(*fee)
			}
			_ => sum,
		})
}

/// One campaign and everybody in it.
struct Stage<'a> {
	chain: &'a Chain,
	script: &'static Script,
	unit: Unit,
	slug: String,
	founder: Person,
	investors: Vec<Person>,
	/// Somebody who has nothing to do with it and calls what anyone may.
	passer_by: Person,
	say: &'a (dyn Fn(&str) + Sync),
}

/// What an investor has in a campaign, and had before.
struct Stake<'a> {
	investor: &'a Person,
	position: PositionId,
	worth_before: i128,
	fees_before: Balance,
	flows: Vec<Flow>,
	/// Whether there is still something to vote with and to claim.
	open: bool,
}

impl<'a> Stage<'a> {
	async fn new(
		chain: &'a Chain,
		script: &'static Script,
		tag: &str,
		say: &'a (dyn Fn(&str) + Sync),
	) -> Result<Self, Error> {
		let name = script.name;
		let unit = chain
			.unit(&script.asset)
			.await
			.map_err(failed(name, "read the name of its asset"))?;
		let person = |who: &str, role: &str| {
			Person::new(who, &format!("//Campaigns//{tag}//{name}//{role}"))
		};
		let investors = script
			.investors
			.iter()
			.map(|&(who, _)| person(who, who))
			.collect::<Result<_, _>>()?;
		Ok(Self {
			chain,
			script,
			unit,
			slug: format!("{name}-{tag}"),
			founder: person(script.founder, "founder")?,
			investors,
			passer_by: person("a passer-by", "passer-by")?,
			say,
		})
	}

	fn say(&self, text: &str) {
		(self.say)(&format!("{:<9} {text}", self.script.name));
	}

	fn failed<'s>(&'s self, step: &'s str) -> impl FnOnce(chain::Error) -> Error + 's {
		failed(self.script.name, step)
	}

	fn unexpected(&self, problem: impl Into<String>) -> Error {
		unexpected(self.script.name, problem)
	}

	fn amount(&self, amount: Balance) -> String {
		format!("{} {}", self.unit.format(amount), self.unit.symbol)
	}

	/// From the first payment to the last claim.
	async fn play(&self, funder: &Person) -> Result<Played, Error> {
		let script = self.script;
		self.fund(funder).await?;
		let metaverse = found(self.chain, &self.founder, &self.slug).await?;
		let founder_before = self.worth(&self.founder.account, None).await?;
		let founder_fees = self.chain.fees_paid(&self.founder.account).await;
		let startup_before = self.worth(&metaverse.account, None).await?;

		// The draft, and the bond.
		let terms = script.terms(&self.unit);
		let call = calls::create(metaverse.id, terms, script.milestones(), script.policy());
		let included = self.submit(&self.founder, "draft it", call).await?;
		let Some(id) = created(&included) else {
			return Err(self.unexpected("it was created without an event"));
		};
		let draft = self.campaign(id).await?;
		if draft.beneficiary != metaverse.account {
			return Err(self.unexpected("it would not pay to the metaverse's own account"));
		}
		let first_block = draft.now.block;
		let pot_before = self.purse(&draft.pot, None).await?;
		let (moved, opened) = self
			.measured(&self.founder, &self.founder, "open it", calls::open(id))
			.await?;
		let bond = self.purse(&draft.pot, Some(opened.block)).await?;
		let bond = signed(bond.held) - signed(pot_before.held);
		let mut founder_flows = vec![
			flow(Reason::Bond, -bond),
			flow(Reason::LeastBalance, moved + bond),
		];
		let founder_open = self
			.worth(&self.founder.account, Some(opened.block))
			.await?;
		self.say(&format!(
			"campaign {id} is open: {} wants {}, bond {}",
			self.founder.name,
			self.amount(self.unit.thousandths(script.goal)),
			self.amount(bond.unsigned_abs())
		));

		// The money of the investors.
		self.wait_for(id, &[Phase::Open, Phase::Locked]).await?;
		let commits = self
			.investors
			.iter()
			.zip(script.investors)
			.map(|(investor, (_, ticket))| self.commit(id, investor, *ticket));
		let mut stakes = try_join_all(commits).await?;
		self.wait_for(id, &[Phase::Ended]).await?;
		let mut network = self.advance(id).await?;

		// The end.
		let last = match script.plot {
			Plot::Succeeds {
				dissenter,
				milestone,
			} => {
				let count = u8::try_from(script.milestones.len())
					.map_err(|_| self.unexpected("it has too many milestones"))?;
				for number in 0..count {
					let against = (number == milestone).then_some(dissenter);
					network += self.milestone(id, number, &mut stakes, against).await?;
				}
				Phase::Completed
			}
			Plot::Fails => Phase::Failed,
			Plot::Vanishes { after } => {
				for number in 0..after {
					network += self.milestone(id, number, &mut stakes, None).await?;
				}
				self.say(&format!("{} is not seen again", self.founder.name));
				self.wait_for(id, &[Phase::Overdue]).await?;
				network += self.advance(id).await?;
				Phase::WindDown
			}
		};
		self.wait_for(id, &[last]).await?;
		if last != Phase::Completed {
			self.claim_all(last, &mut stakes).await?;
		}

		// The books.
		let told = self.campaign(id).await?;
		let back = self.worth(&self.founder.account, None).await? - founder_open;
		founder_flows.push(flow(Reason::BondBack, back));
		let mut parties = Vec::new();
		for stake in stakes {
			parties.push(self.party(stake).await?);
		}
		let paid = self.chain.fees_paid(&self.founder.account).await;
		parties.push(Party {
			name: format!("{} (founder)", self.founder.name),
			flows: founder_flows,
			net: self.worth(&self.founder.account, None).await? - founder_before,
			transaction_fees: paid.saturating_sub(founder_fees),
		});
		let released = self.worth(&metaverse.account, None).await? - startup_before;
		parties.push(Party {
			name: "startup's account".into(),
			flows: vec![flow(Reason::Release, released)],
			net: released,
			transaction_fees: 0,
		});
		let statement = Statement {
			name: script.name.into(),
			id,
			unit: self.unit.clone(),
			parties,
			network,
			pot_before,
			pot: self.purse(&told.pot, None).await?,
			told,
		};
		let chart = Chart {
			title: format!("Campaign {id}: {}", script.title),
			unit: self.unit.clone(),
			samples: self.samples(id, first_block).await?,
		};
		Ok(Played {
			name: script.name,
			id,
			statement,
			chart,
			closed: false,
		})
	}

	/// Pays everybody what the script needs.
	async fn fund(&self, funder: &Person) -> Result<(), Error> {
		let script = self.script;
		let asset = &script.asset;
		// One unit more, so that nobody's account dies.
		let spare = self.unit.one();
		let investors = self
			.investors
			.iter()
			.zip(script.investors)
			.map(|(investor, (_, ticket))| (investor, POCKET, *ticket));
		let founder = (&self.founder, FOUNDER_POCKET, script.bond);
		let mut payments = Vec::new();
		for (person, pocket, units) in investors.chain([founder]) {
			let units = self.unit.thousandths(units).saturating_add(spare);
			payments.push(common::pay(&person.account, pocket));
			payments.push(calls::pay(asset, &person.account, units));
		}
		payments.push(common::pay(&self.passer_by.account, POCKET));
		self.chain
			.submit_all(&funder.pair, payments, &|_, _| {})
			.await
			.map_err(self.failed("pay everybody"))?;
		Ok(())
	}

	/// An investor asks what a ticket would be accepted for, and commits it.
	async fn commit<'s>(
		&self,
		id: CampaignId,
		investor: &'s Person,
		ticket: u64,
	) -> Result<Stake<'s>, Error> {
		let amount = self.unit.thousandths(ticket);
		let quote = self
			.chain
			.ticket(id, amount)
			.await
			.map_err(self.failed("ask what a ticket would be accepted for"))?;
		if quote.accepted != amount {
			return Err(self.unexpected(format!(
				"of {} only {} would be accepted",
				self.amount(amount),
				self.amount(quote.accepted)
			)));
		}
		let worth_before = self.worth(&investor.account, None).await?;
		let fees_before = self.chain.fees_paid(&investor.account).await;
		let call = calls::commit(id, amount, quote.version, quote.terms_hash);
		let (moved, included) = self
			.measured(investor, investor, "commit a ticket", call)
			.await?;
		let Some(position) = committed(&included) else {
			return Err(self.unexpected("money was committed without an event"));
		};
		self.say(&format!(
			"{} commits {}",
			investor.name,
			self.amount(amount)
		));
		Ok(Stake {
			investor,
			position,
			worth_before,
			fees_before,
			flows: vec![flow(Reason::Commitment, moved)],
			open: true,
		})
	}

	/// The founder submits a milestone, everybody votes, somebody may be overruled and leave, and the
	/// tranche is paid. Tells the network's share of it.
	async fn milestone(
		&self,
		id: CampaignId,
		number: u8,
		stakes: &mut [Stake<'_>],
		against: Option<usize>,
	) -> Result<Balance, Error> {
		let campaign = self.wait_for(id, &[Phase::Working]).await?;
		if campaign.next_milestone != number {
			return Err(self.unexpected(format!(
				"milestone {} comes next and not {number}",
				campaign.next_milestone
			)));
		}
		let evidence = format!("{}: what was done for milestone {number}", self.slug);
		let evidence = BlakeTwo256::hash(evidence.as_bytes());
		self.submit(
			&self.founder,
			"submit a milestone",
			calls::submit_milestone(id, evidence),
		)
		.await?;
		let votes = stakes
			.iter()
			.enumerate()
			.filter(|(_, stake)| stake.open)
			.map(|(index, stake)| {
				let call = calls::vote(stake.position, against != Some(index));
				self.submit(stake.investor, "vote", call)
			});
		let votes = try_join_all(votes).await?.len();
		self.say(&format!("milestone {number} is submitted; {votes} votes"));
		self.wait_for(id, &[Phase::Grace]).await?;
		if let Some(stake) = against.and_then(|index| stakes.get_mut(index)) {
			self.leave(stake).await?;
		}
		self.wait_for(id, &[Phase::Payable]).await?;
		let fee = self.advance(id).await?;
		self.say(&format!("the tranche of milestone {number} is paid"));
		Ok(fee)
	}

	/// An investor who was overruled leaves.
	async fn leave(&self, stake: &mut Stake<'_>) -> Result<(), Error> {
		let told = self
			.chain
			.claimable(stake.position)
			.await
			.map_err(self.failed("ask what an exit is worth"))?
			.exit;
		let (moved, _) = self
			.measured(
				stake.investor,
				stake.investor,
				"leave",
				calls::exit(stake.position),
			)
			.await?;
		self.ensure_told(stake, told, moved)?;
		self.say(&format!(
			"{} was overruled and leaves with {}",
			stake.investor.name,
			self.amount(told)
		));
		stake.flows.push(flow(Reason::Exit, moved));
		stake.open = false;
		Ok(())
	}

	/// Everybody claims; for the last one somebody else does, as anyone may.
	async fn claim_all(&self, phase: Phase, stakes: &mut [Stake<'_>]) -> Result<(), Error> {
		let reason = match phase {
			Phase::Failed => Reason::Refund,
			_ => Reason::Claim,
		};
		let last = stakes.len().saturating_sub(1);
		for (index, stake) in stakes.iter_mut().enumerate() {
			if !stake.open {
				continue;
			}
			let told = self
				.chain
				.claimable(stake.position)
				.await
				.map_err(self.failed("ask what a claim is worth"))?
				.claim;
			let (signer, call) = if index == last {
				(&self.passer_by, calls::claim_for(stake.position))
			} else {
				(stake.investor, calls::claim(stake.position))
			};
			let (moved, _) = self.measured(stake.investor, signer, "claim", call).await?;
			self.ensure_told(stake, told, moved)?;
			self.say(&format!(
				"{} has {} back",
				stake.investor.name,
				self.amount(told)
			));
			stake.flows.push(flow(reason, moved));
			stake.open = false;
		}
		Ok(())
	}

	/// Fails when something else moved than `escrow_claimable` had said.
	fn ensure_told(&self, stake: &Stake<'_>, told: Balance, moved: i128) -> Result<(), Error> {
		if signed(told) == moved {
			return Ok(());
		}
		Err(self.unexpected(format!(
			"{} was told {} and got {}",
			stake.investor.name,
			self.amount(told),
			self.unit.format_change(moved)
		)))
	}

	/// Somebody who has nothing to do with it lets happen what is due. Tells the network's share of
	/// what was released.
	async fn advance(&self, id: CampaignId) -> Result<Balance, Error> {
		let included = self
			.submit(&self.passer_by, "advance it", calls::advance(id))
			.await?;
		Ok(released_fee(&included))
	}

	/// Waits until the campaign is in one of these phases.
	async fn wait_for(&self, id: CampaignId, phases: &[Phase]) -> Result<Campaign, Error> {
		let deadline = Instant::now() + PATIENCE;
		loop {
			let campaign = self.campaign(id).await?;
			if phases.contains(&campaign.phase) {
				return Ok(campaign);
			}
			let over = matches!(
				campaign.phase,
				Phase::Failed | Phase::WindDown | Phase::Completed
			);
			if over || Instant::now() > deadline {
				return Err(self.unexpected(format!(
					"it is {:?} in block {} and not {phases:?}",
					campaign.phase, campaign.now.block
				)));
			}
			sleep(POLL).await;
		}
	}

	/// Removes a campaign in which nobody has anything any more, and looks that nothing is left.
	async fn close(&self, mut played: Played) -> Result<Played, Error> {
		if played.statement.told.positions > 0 {
			return Ok(played);
		}
		self.submit(&self.passer_by, "close it", calls::close(played.id))
			.await?;
		let left = self.purse(&played.statement.told.pot, None).await?;
		if left.total() > 0 {
			return Err(self.unexpected(format!(
				"it was closed with {} in its pot",
				self.amount(left.total())
			)));
		}
		self.say("nobody has anything in it any more, so it is closed");
		played.closed = true;
		Ok(played)
	}

	/// The end of an investor's books.
	async fn party(&self, stake: Stake<'_>) -> Result<Party, Error> {
		let account = &stake.investor.account;
		let paid = self.chain.fees_paid(account).await;
		Ok(Party {
			name: format!("{} (investor)", stake.investor.name),
			flows: stake.flows,
			net: self.worth(account, None).await? - stake.worth_before,
			transaction_fees: paid.saturating_sub(stake.fees_before),
		})
	}

	/// The campaign in every block from its draft on.
	async fn samples(&self, id: CampaignId, first: BlockNumber) -> Result<Vec<Sample>, Error> {
		let mut samples = Vec::new();
		let last = self
			.chain
			.height()
			.await
			.map_err(self.failed("ask for the best block"))?;
		for height in first..=last {
			let hash = self
				.chain
				.block_hash(height)
				.await
				.map_err(self.failed("ask for a block"))?;
			match self.chain.campaign(id, hash).await {
				Ok(campaign) => samples.push(Sample::from(&campaign)),
				// A node forgets the state of old blocks; the picture begins later then.
				Err(_) if samples.is_empty() => {}
				Err(error) => return Err(self.failed("look at it in an earlier block")(error)),
			}
		}
		Ok(samples)
	}

	async fn campaign(&self, id: CampaignId) -> Result<Campaign, Error> {
		self.chain
			.campaign(id, None)
			.await
			.map_err(self.failed("look at it"))
	}

	async fn purse(&self, account: &AccountId, at: Option<Hash>) -> Result<chain::Purse, Error> {
		self.chain
			.purse(&self.script.asset, account, at)
			.await
			.map_err(self.failed("read a balance"))
	}

	/// What an account has of the campaign's asset, as if its transactions had been free.
	async fn worth(&self, account: &AccountId, at: Option<Hash>) -> Result<i128, Error> {
		let total = self.purse(account, at).await?.total();
		let fees = match self.script.asset {
			AssetKind::Native => self.chain.fees_paid(account).await,
			AssetKind::WithId(_) => 0,
		};
		Ok(signed(total.saturating_add(fees)))
	}

	/// Sends a call, and tells by how much it changed what somebody has of the campaign's asset.
	async fn measured(
		&self,
		whose: &Person,
		signer: &Person,
		step: &str,
		call: RuntimeCall,
	) -> Result<(i128, Included), Error> {
		let before = self.worth(&whose.account, None).await?;
		let included = self.submit(signer, step, call).await?;
		let after = self.worth(&whose.account, Some(included.block)).await?;
		Ok((after - before, included))
	}

	async fn submit(
		&self,
		signer: &Person,
		step: &str,
		call: RuntimeCall,
	) -> Result<Included, Error> {
		self.chain
			.submit(&signer.pair, call)
			.await
			.map_err(self.failed(step))
	}
}

/// Money that moved.
fn flow(reason: Reason, amount: i128) -> Flow {
	Flow { reason, amount }
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn tags_fit_into_slugs() {
		for tag in ["1", "1a2f", "abcdefghijkl"] {
			assert!(check_tag(tag).is_ok(), "{tag}");
		}
		for tag in ["", "-", "A", "abcdefghijklm", "a b"] {
			assert!(check_tag(tag).is_err(), "{tag}");
		}
	}

	#[test]
	fn slugs_of_all_scripts_are_slugs() {
		for script in &crate::campaign::script::SCRIPTS {
			let slug = format!("{}-abcdefghijkl", script.name);
			assert!(pallet_metaverse::slug::check(slug.as_bytes()).is_ok());
		}
	}
}
