//! Plays a story from outside against a node that has just been started.

mod common;

use std::{path::Path, time::Duration};

use madang_client::{
	calls,
	chain::{self, Chain},
	player::{self, Report},
	story::Story,
};
use madang_primitives::geometry::Area;

/// A story of two startups and one visitor.
const SMALL: &str = include_str!("../../client/stories/small.toml");

/// The last trade of the story.
const LAST: &str = r#"{ do = "visit", who = "sora", area = "8,8,5x3" },"#;

#[test]
fn a_story_is_played_interrupted_and_played_again() {
	let node = common::Node::start_dev(&[]);
	let url = node.ws_url();
	tokio::runtime::Runtime::new()
		.expect("threads can be started")
		.block_on(async {
			let story = story(SMALL);

			// Whatever was done until then must neither be lost nor be done again.
			let first = Chain::connect(&url).await.expect("the node answers");
			let _ = tokio::time::timeout(Duration::from_secs(9), play(&first, &story)).await;
			assert!(first.submitted() > 0);
			drop(first);

			let chain = Chain::connect(&url).await.expect("the node answers");
			let report = play(&chain, &story).await.expect("the story can be played");
			maps_show_every_owner(&report);

			let again = play(&chain, &story)
				.await
				.expect("the story can be played again");
			assert_eq!(again.transactions, 0);
			assert_eq!(again.parcels, report.parcels);

			answers_agree(&chain, &story, &report).await;
			refusals_are_clear(&chain, &story, &report).await;
			taken_slugs_are_told(&chain).await;
			a_longer_story_goes_on(&chain).await;
		});
}

/// The pictures are there, and have every owner with name and address and every parcel.
fn maps_show_every_owner(report: &Report) {
	let folder = tempfile::tempdir().expect("temporary folders can be made");
	report
		.write_maps(folder.path())
		.expect("the folder is writable");
	assert_eq!(report.worlds.len(), 2);
	for world in &report.worlds {
		let read = |end: &str| {
			let file = folder.path().join(format!("{}.{end}", world.slug));
			std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"))
		};
		let (svg, text) = (read("svg"), read("txt"));
		assert_eq!(world.map.owners.len(), 2, "the founder and the visitor");
		for owner in &world.map.owners {
			assert!(svg.contains(&owner.address) && text.contains(&owner.address));
			let name = owner
				.name
				.replace('&', "&amp;")
				.replace('<', "&lt;")
				.replace('>', "&gt;");
			assert!(svg.contains(&name), "{name} is not in {svg}");
		}
		for parcel in &world.map.parcels {
			assert!(svg.contains(&format!("<title>parcel {}: ", parcel.id)));
		}
	}
}

/// What the visitor bought is hers, whichever way one asks.
async fn answers_agree(chain: &Chain, story: &Story, report: &Report) {
	let sora = story.actor("sora").expect("the story has a visitor");
	let listed = chain
		.parcels_of(&sora.account)
		.await
		.expect("parcels are listed");
	let areas: Vec<Area> = listed.iter().map(|parcel| parcel.area).collect();
	assert_eq!(areas.len(), 3);
	for area in [
		Area::new(20, 12, 4, 4),
		Area::new(5, 0, 3, 8),
		Area::new(8, 8, 5, 3),
	] {
		assert!(areas.contains(&area), "{area:?} is not in {areas:?}");
	}
	for owned in &listed {
		let parcel = chain
			.parcel(owned.metaverse, owned.id)
			.await
			.expect("the parcel is there");
		assert_eq!(parcel.owner.as_ref(), Some(&sora.account));
		assert_eq!(parcel.area, owned.area);
		let at = chain
			.parcel_at(owned.metaverse, owned.area.x, owned.area.y)
			.await
			.expect("the cell is inside");
		assert_eq!(at.as_ref(), Some(&parcel));
	}
	for world in &report.worlds {
		let found = chain
			.metaverse_by_slug(&world.slug)
			.await
			.expect("slugs can be looked up")
			.expect("the metaverse is there");
		assert_eq!(found.id, world.id);
		assert!(found.is_launched());
		let territory = found.territory.expect("it has land");
		assert_eq!(territory.parcels as usize, world.map.parcels.len());
	}
	assert_eq!(
		chain
			.metaverse_by_slug("nobody-has-this")
			.await
			.expect("this is a slug"),
		None
	);
}

/// A claim of what is taken is refused by name and in words, and nothing changes.
async fn refusals_are_clear(chain: &Chain, story: &Story, report: &Report) {
	let (founder, world) = (&story.startups[0].owner, &report.worlds[0]);
	let before = chain
		.places(world.id, world.map.size)
		.await
		.expect("the territory is there");
	let call = calls::claim(world.id, Area::new(4, 0, 2, 2), 0);
	let error = chain
		.submit(&founder.pair, call)
		.await
		.expect_err("these cells are taken");
	assert!(matches!(error, chain::Error::Refused { .. }), "{error}");
	let told = error.to_string();
	assert!(
		told.contains("Land.claim") && told.contains("Land.Occupied"),
		"{told}"
	);
	// The sentence of the metadata follows.
	assert!(
		told.split_once("Land.Occupied: ")
			.is_some_and(|(_, text)| text.len() > 20),
		"{told}"
	);
	let after = chain
		.places(world.id, world.map.size)
		.await
		.expect("the territory is there");
	assert_eq!(before, after);
}

/// A founder whose slug somebody else has is told so, before anything is sent.
async fn taken_slugs_are_told(chain: &Chain) {
	let sent = chain.submitted();
	let other = story(&SMALL.replace("//Small//dalbit", "//Small//somebody-else"));
	let error = play(chain, &other).await.err().expect("the slug is taken");
	let told = error.to_string();
	assert!(
		told.contains("dalbit") && told.contains("the slug is taken"),
		"{told}"
	);
	assert_eq!(chain.submitted(), sent);
}

/// What is added to a story is played, and nothing else.
async fn a_longer_story_goes_on(chain: &Chain) {
	assert!(SMALL.contains(LAST));
	let more = format!(
		"{LAST}\n{}",
		r#"{ do = "visit", who = "sora", area = "8,11,5x3" },"#
	);
	let longer = story(&SMALL.replace(LAST, &more));
	let report = play(chain, &longer)
		.await
		.expect("there is one thing more to do");
	// The visitor may need pocket money for it.
	assert!(
		(1..=3).contains(&report.transactions),
		"{} transactions",
		report.transactions
	);
	let again = play(chain, &longer).await.expect("it can be played again");
	assert_eq!(again.transactions, 0);
}

#[test]
fn without_a_node_the_client_says_what_to_do() {
	let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
	// Nobody listens on the port of the discard service.
	let error = runtime
		.block_on(Chain::connect("ws://127.0.0.1:9"))
		.err()
		.expect("nobody listens there");
	assert!(
		error.to_string().contains("start one with `madang --dev`"),
		"{error}"
	);
}

#[test]
fn the_launch_can_be_loaded_from_its_file() {
	let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/stories/launch.toml");
	let story = Story::load(&file).unwrap_or_else(|error| panic!("{error}"));
	assert_eq!(story.claims(), 300);
}

fn story(text: &str) -> Story {
	Story::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

async fn play(chain: &Chain, story: &Story) -> Result<Report, player::Error> {
	player::play(chain, story, &|line| println!("{line}")).await
}
