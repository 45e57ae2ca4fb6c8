//! Plays three funding campaigns against a running node and accounts for their money; drafts
//! campaigns with the numbers of a law.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::{Args, Parser, Subcommand};
use madang_client::{
	campaign::{
		answers,
		calls::{attest, create, discard, pay},
		failed,
		player::{self, check_tag, fresh_tag},
		preset::{self, Ask, Preset},
		script::{Script, SCRIPTS},
		Person,
	},
	chain::Chain,
	money::MDG,
};
use madang_primitives::{
	escrow::{AssetKind, Policy},
	Balance,
};
use madang_runtime::BlockNumber;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Three startups collect money on a running development node: one succeeds, one fails, one
/// vanishes. At the end every unit of money is accounted for, from balances read from the chain; the
/// program fails when a sum is not zero. Statements and pictures are written to a folder.
///
/// Each run plays new campaigns: founders, investors and slugs carry a tag, which is the height of
/// the chain unless `--tag` says otherwise. So a run that was interrupted is not gone on with; start
/// another one, and choose another tag if you choose tags yourself.
#[derive(Parser)]
#[command(name = "madang-campaigns", version)]
struct Options {
	/// Where the node listens.
	#[arg(
		long,
		value_name = "URL",
		default_value = "ws://127.0.0.1:9944",
		global = true
	)]
	url: String,

	/// Who pays for everybody: a phrase, or a derivation like //Alice.
	#[arg(long, value_name = "SEED", default_value = "//Alice", global = true)]
	funder: String,

	/// Makes accounts and slugs of this run its own: 1 to 12 characters of a-z and 0-9.
	#[arg(long, value_name = "TAG", global = true)]
	tag: Option<String>,

	/// The folder into which statements and pictures are written.
	#[arg(long, value_name = "FOLDER", default_value = "campaigns")]
	out: PathBuf,

	/// Play this campaign only: succeeds, fails or vanishes.
	#[arg(long, value_name = "NAME")]
	only: Option<String>,

	/// Wait until each block is final, and not only until it is there.
	#[arg(long)]
	finalized: bool,

	#[command(subcommand)]
	command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
	/// Shows the numbers of a law, where they stand, and what the chain does not enforce.
	Show {
		/// reg-cf, ecspr, kr, or a file.
		#[arg(long, value_name = "NAME")]
		preset: String,
	},
	/// Drafts a campaign with the numbers of a law on the running chain, prints the hash that
	/// investors would sign, and throws the draft away.
	Draft(Draft),
}

#[derive(Args)]
struct Draft {
	/// reg-cf, ecspr, kr, or a file.
	#[arg(long, value_name = "NAME")]
	preset: String,

	/// The asset to collect: `native`, or its number.
	#[arg(long, default_value = "1", value_parser = answers::asset)]
	asset: AssetKind,

	/// Most that is wanted, in whole units of the asset.
	#[arg(long, value_name = "AMOUNT", default_value_t = 10_000)]
	raise: Balance,

	/// Smallest ticket, in whole units of the asset.
	#[arg(long, value_name = "AMOUNT", default_value_t = 10)]
	min_ticket: Balance,

	/// Days for which commitments are taken; as few as the law allows when left away.
	#[arg(long, value_name = "DAYS")]
	period_days: Option<u32>,

	/// Blocks of a day. A development chain has short rules: 1 suits it.
	#[arg(long, value_name = "N", default_value_t = preset::DAY, value_parser = clap::value_parser!(u32).range(1..))]
	day_blocks: BlockNumber,
}

#[tokio::main]
async fn main() -> ExitCode {
	match run(&Options::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		}
	}
}

async fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
	match &options.command {
		None => play(options).await,
		Some(Command::Show { preset }) => {
			print!("{}", Preset::load(preset)?.text());
			Ok(())
		}
		Some(Command::Draft(draft)) => self::draft(options, draft).await,
	}
}

/// Plays the campaigns and prints what came of them.
async fn play(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
	let start = Instant::now();
	let scripts = chosen(options.only.as_deref())?;
	let chain = connect(options).await?;
	let funder = Person::new("funder", &options.funder)?;
	let tag = tag(options, &chain).await?;
	println!(
		"{} campaigns with the tag {tag}, on {}",
		scripts.len(),
		options.url
	);
	let report = player::play(&chain, scripts, &tag, &funder, &|line| println!("{line}")).await?;
	for campaign in &report.campaigns {
		println!("\n{}", campaign.statement.text());
	}
	report.write(&options.out).map_err(|error| {
		format!(
			"cannot write statements and pictures to {}: {error}",
			options.out.display()
		)
	})?;
	let problems = report.problems();
	if !problems.is_empty() {
		return Err(format!("the money does not add up:\n  {}", problems.join("\n  ")).into());
	}
	println!(
		"{} transactions; every sum is zero; statements and pictures in {}; {:.0} s",
		report.transactions,
		options.out.display(),
		start.elapsed().as_secs_f64()
	);
	Ok(())
}

/// The scripts to play: all of them, or one.
fn chosen(only: Option<&str>) -> Result<&'static [Script], String> {
	let Some(name) = only else {
		return Ok(&SCRIPTS);
	};
	SCRIPTS
		.iter()
		.find(|script| script.name == name)
		.map(std::slice::from_ref)
		.ok_or_else(|| format!("no campaign is called {name:?}: succeeds, fails or vanishes"))
}

/// Drafts a campaign with the numbers of a law, and throws it away.
async fn draft(options: &Options, draft: &Draft) -> Result<(), Box<dyn std::error::Error>> {
	let preset = Preset::load(&draft.preset)?;
	let chain = connect(options).await?;
	let funder = Person::new("funder", &options.funder)?;
	let tag = tag(options, &chain).await?;
	let person = |role: &str| Person::new(role, &format!("//Campaigns//{tag}//draft//{role}"));
	let (founder, attester) = (person("founder")?, person("attester")?);

	let ask = Ask {
		asset: draft.asset.clone(),
		unit: chain.unit(&draft.asset).await?,
		raise: draft.raise,
		period_days: draft.period_days,
		min_ticket: draft.min_ticket,
		attester: attester.account.clone(),
		day: draft.day_blocks,
		documents: BlakeTwo256::hash(preset.law.as_bytes()),
	};
	let (terms, policy) = preset.terms(&ask)?;
	let rules = chain.rules().await?;
	let refused = preset::refusals(&terms, &rules);
	if !refused.is_empty() {
		return Err(format!(
			"this chain's rules do not allow these terms:\n  {}\nThe rules of a development chain \
			 are short: try --day-blocks 1",
			refused.join("\n  ")
		)
		.into());
	}

	let name = format!("draft-{tag}");
	let pocket = 20 * MDG;
	let payments = [&founder, &attester]
		.map(|person| pay(&AssetKind::Native, &person.account, pocket))
		.into();
	chain
		.submit_all(&funder.pair, payments, &|_, _| {})
		.await
		.map_err(failed(&name, "pay for it"))?;
	let metaverse = player::found(&chain, &founder, &name).await?;
	if let Policy::Attested { limits, .. } = &policy {
		let subject = BlakeTwo256::hash(founder.account.as_ref());
		let class = limits.first().map_or(0, |limit| limit.class);
		chain
			.submit(
				&attester.pair,
				attest(&founder.account, subject, class, Balance::MAX),
			)
			.await
			.map_err(failed(&name, "attest the founder"))?;
	}
	// Due as late as the chain allows: a draft promises nothing yet.
	let milestones = preset::one_milestone(rules.max_duration, ask.documents);
	let included = chain
		.submit(
			&founder.pair,
			create(metaverse.id, terms, milestones, policy),
		)
		.await
		.map_err(failed(&name, "draft it"))?;
	let id = player::created(&included).ok_or("the campaign was created without an event")?;
	let campaign = chain.campaign(id, None).await?;
	println!("{}", preset.text());
	println!(
		"campaign {id} was drafted with these numbers, a day being {} blocks",
		draft.day_blocks
	);
	println!(
		"terms, version {}: {:?}",
		campaign.version, campaign.terms_hash
	);
	chain
		.submit(&founder.pair, discard(id))
		.await
		.map_err(failed(&name, "throw the draft away"))?;
	println!(
		"and thrown away again; nothing but fees was spent, and the founder's territory stays"
	);
	Ok(())
}

async fn connect(options: &Options) -> Result<Chain, madang_client::chain::Error> {
	Ok(Chain::connect(&options.url)
		.await?
		.wait_for_finality(options.finalized))
}

/// The tag of this run.
async fn tag(options: &Options, chain: &Chain) -> Result<String, madang_client::campaign::Error> {
	match &options.tag {
		Some(tag) => {
			check_tag(tag)?;
			Ok(tag.clone())
		}
		None => fresh_tag(chain).await,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn options_make_sense() {
		Options::command().debug_assert();
	}

	#[test]
	fn scripts_are_chosen_by_name() {
		assert_eq!(chosen(None).map(<[Script]>::len), Ok(3));
		assert_eq!(
			chosen(Some("fails")).map(|scripts| scripts[0].name),
			Ok("fails")
		);
		assert!(chosen(Some("nothing")).is_err());
	}
}
