use super::*;

/// One startup, with a place for more of its fields and one for its trades.
fn story(fields: &str, trades: &str) -> String {
	format!(
		r#"title = "Test"
visitor = [{{ id = "minji", name = "김민지", seed = "//Test//minji" }}]

[[startup]]
slug = "toss"
name = "토스"
seed = "//Test//toss"
territory = "100x80"
uri = "https://toss.example/profile.json"
endpoint = "https://toss.example/world"
sale_price = "0.5"
{fields}
trade = [{trades}]
"#
	)
}

fn launch() -> Story {
	Story::parse(include_str!("../../stories/launch.toml"))
		.unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str) -> String {
	match Story::parse(text) {
		Ok(_) => panic!("this should have been refused: {text}"),
		Err(error) => error.to_string(),
	}
}

/// Every area that is claimed in a story, by the founder or by a visitor.
fn claimed(startup: &Startup) -> Vec<Area> {
	let visits = startup.steps.iter().filter_map(|step| match step {
		Step::Visit { area, .. } => Some(*area),
		_ => None,
	});
	startup.parcels.iter().copied().chain(visits).collect()
}

#[test]
fn the_launch_has_startups_names_and_parcels_as_promised() {
	let story = launch();
	assert!(story.startups.len() >= 12);
	assert!(
		story
			.startups
			.iter()
			.filter(|startup| !startup.owner.name.is_ascii())
			.count() >= 3
	);
	assert!(story
		.startups
		.iter()
		.all(|startup| startup.slug().is_ascii()));
	assert_eq!(story.claims(), 300);

	let areas: Vec<Area> = story.startups.iter().flat_map(claimed).collect();
	assert_eq!(areas.len(), 300);
	assert!(areas.iter().any(|area| area.size() == Size::new(1, 1)));
	assert!(areas.iter().any(|area| area.size() == Size::new(64, 64)));
	assert!(areas.iter().all(|area| area.width.max(area.height) <= 64));
}

#[test]
fn the_parcels_of_the_launch_do_not_overlap() {
	for startup in launch().startups {
		let areas = claimed(&startup);
		for (index, area) in areas.iter().enumerate() {
			assert!(startup.size.contains(area), "{} {area:?}", startup.slug());
			assert!(
				areas[..index].iter().all(|other| !other.overlaps(area)),
				"{} {area:?}",
				startup.slug()
			);
		}
	}
}

#[test]
fn the_territories_of_the_launch_differ_and_are_affordable() {
	let story = launch();
	let sizes: std::collections::BTreeSet<_> = story
		.startups
		.iter()
		.map(|startup| (startup.size.width, startup.size.height))
		.collect();
	assert!(sizes.len() >= 12);
	let cells: u32 = story
		.startups
		.iter()
		.map(|startup| startup.size.cells())
		.sum();
	// At the first price of 0.001 MDG a cell this is a hundredth of what a development account has.
	assert!(cells < 10_000_000);
}

#[test]
fn the_launch_has_every_kind_of_step() {
	let steps: Vec<Step> = launch()
		.startups
		.into_iter()
		.flat_map(|startup| startup.steps)
		.collect();
	let has = |kind: fn(&Step) -> bool| steps.iter().any(kind);
	assert!(has(|step| matches!(step, Step::Visit { .. })));
	assert!(has(|step| matches!(step, Step::Split { .. })));
	assert!(has(|step| matches!(step, Step::Merge { .. })));
	assert!(has(|step| matches!(step, Step::Offer { .. })));
	assert!(has(|step| matches!(step, Step::Buy { .. })));
	assert!(has(|step| matches!(step, Step::Content { .. })));
	assert!(has(|step| matches!(step, Step::Builder { .. })));
	assert!(has(|step| matches!(step, Step::Release { .. })));
}

#[test]
fn the_small_story_is_small() {
	let story = Story::parse(include_str!("../../stories/small.toml"))
		.unwrap_or_else(|error| panic!("{error}"));
	assert_eq!(story.startups.len(), 2);
	assert_eq!(story.claims(), 8);
}

#[test]
fn who_signs_follows_from_who_owns() {
	let text = story(
		r#"parcels = ["0,0,8x8"]"#,
		r#"{ do = "sell", area = "0,0,8x8", to = "minji", price = "2" },
		{ do = "split", area = "0,0,8x8", row = 3 }"#,
	);
	let story = Story::parse(&text).unwrap_or_else(|error| panic!("{error}"));
	let signers: Vec<&str> = story.startups[0].steps.iter().map(Step::who).collect();
	assert_eq!(signers, ["toss", "minji", "minji"]);
	assert_eq!(story.startups[0].worlds.len(), 4);
}

#[test]
fn places_and_rows_go_together() {
	let text = story(
		"parcels = [\"50,50,8x8\"]\nrows = { gap = 1, sizes = [\"8x8*3\"] }",
		"",
	);
	let story = Story::parse(&text).unwrap_or_else(|error| panic!("{error}"));
	assert_eq!(story.startups[0].parcels.len(), 4);
	assert_eq!(story.startups[0].parcels[2], Area::new(9, 0, 8, 8));
}

#[test]
fn fails_when_parcels_overlap_and_names_the_line() {
	let told = refusal(&story("parcels = [\n\"0,0,8x8\",\n\"7,7,2x2\",\n]", ""));
	assert!(told.contains("line 5, startup toss"), "{told}");
	assert!(
		told.contains("line 14: 2x2 at (7, 7) overlaps 8x8 at (0, 0)"),
		"{told}"
	);

	let told = refusal(&story(
		r#"parcels = ["0,0,8x8"]"#,
		r#"{ do = "visit", who = "minji", area = "4,4,8x8" }"#,
	));
	assert!(
		told.contains("trade 1: 8x8 at (4, 4) overlaps 8x8 at (0, 0)"),
		"{told}"
	);
}

#[test]
fn fails_when_a_parcel_is_out_of_bounds() {
	for (area, reason) in [
		("96,0,8x8", "is not inside the territory of 100x80"),
		("65535,65535,1x1", "is not inside the territory"),
		("0,0,65x1", "has a side of more than 64 cells"),
		("0,0,0x8", "has no cells"),
		("0,0,8", "is no area"),
	] {
		let told = refusal(&story(&format!("parcels = [\"{area}\"]"), ""));
		assert!(told.contains(reason), "{told}");
		assert!(told.contains("startup toss"), "{told}");
	}
	let told = refusal(&story(r#"rows = { sizes = ["64x64", "64x17"] }"#, ""));
	assert!(
		told.contains("no room in the rows for parcel 2 of 64x17"),
		"{told}"
	);
}

#[test]
fn fails_when_two_startups_have_the_same_slug() {
	let one = story("", "");
	let again = one
		.split_once("[[startup]]")
		.map(|(_, startup)| startup)
		.unwrap_or_default();
	let again = format!(
		"{one}[[startup]]{}",
		again.replace("//Test//toss", "//Test//other")
	);
	let told = refusal(&again);
	assert!(told.contains("line 15, toss"), "{told}");
	assert!(told.contains("the same slug"), "{told}");
}

#[test]
fn fails_when_two_have_the_same_seed() {
	let told = refusal(&story("", "").replace("//Test//minji", "//Test//toss"));
	assert!(told.contains("the same seed"), "{told}");
}

#[test]
fn fails_when_the_chain_would_refuse_the_slug() {
	for slug in ["to", "Toss", "토스", "-toss", "root"] {
		let told = refusal(&story("", "").replace("\"toss\"", &format!("\"{slug}\"")));
		assert!(told.contains(&format!("startup {slug}")), "{told}");
	}
}

#[test]
fn fails_when_a_trade_makes_no_sense() {
	for (trade, reason) in [
		(
			r#"{ do = "split", area = "1,1,8x8", column = 2 }"#,
			"there is no parcel",
		),
		(
			r#"{ do = "split", area = "0,0,8x8", column = 8 }"#,
			"no cells after the cut",
		),
		(
			r#"{ do = "split", area = "0,0,8x8" }"#,
			"either a column or a row",
		),
		(
			r#"{ do = "merge", a = "0,0,8x8", b = "20,0,8x8" }"#,
			"are no rectangle",
		),
		(
			r#"{ do = "sell", area = "0,0,8x8", to = "nobody", price = "1" }"#,
			"nobody here is called",
		),
		(
			r#"{ do = "sell", area = "0,0,8x8", to = "toss", price = "1" }"#,
			"cannot sell to",
		),
		(
			r#"{ do = "sell", area = "0,0,8x8", to = "minji", price = "one" }"#,
			"is no amount",
		),
		(
			r#"{ do = "visit", who = "toss", area = "50,50,2x2" }"#,
			"claims for free",
		),
	] {
		let told = refusal(&story(r#"parcels = ["0,0,8x8", "20,0,8x8"]"#, trade));
		assert!(told.contains(reason), "{trade}: {told}");
		assert!(told.contains("trade 1"), "{told}");
	}
}

#[test]
fn fails_when_a_second_run_could_not_tell_how_far_the_first_one_came() {
	let told = refusal(&story(
		r#"parcels = ["0,0,8x8"]"#,
		r#"{ do = "split", area = "0,0,8x8", column = 3 },
		{ do = "merge", a = "0,0,3x8", b = "3,0,5x8" }"#,
	));
	assert!(told.contains("the land is as it was before"), "{told}");
}

#[test]
fn fails_when_a_field_is_mistyped_and_names_the_line() {
	let told = refusal(&story("parcel = []", ""));
	assert!(told.contains("line 12"), "{told}");
	assert!(told.contains("unknown field"), "{told}");
}
