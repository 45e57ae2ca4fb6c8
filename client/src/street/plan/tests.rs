use super::*;

const STREET: &str = include_str!("../../../stories/street.toml");

fn street() -> Plan {
	Plan::parse(STREET).unwrap_or_else(|error| panic!("{error}"))
}

/// What is said about the street when one piece of it is written differently.
fn refusal(from: &str, to: &str) -> String {
	assert!(STREET.contains(from), "{from:?} is not in the plan");
	match Plan::parse(&STREET.replacen(from, to, 1)) {
		Ok(_) => panic!("{to:?} should have been refused"),
		Err(error) => error.to_string(),
	}
}

#[test]
fn the_street_has_what_is_promised() {
	let plan = street();
	assert_eq!(plan.story.startups.len(), 12);
	assert_eq!(plan.doors.len(), 12);
	assert_eq!(plan.street(), town::MAIN_STREET);
	let links = &plan.portals[12..];
	let partners = links
		.iter()
		.filter(|link| !link.one_way && link.toll.is_none())
		.count();
	assert!(partners >= 4);
	assert_eq!(
		plan.assets(),
		[AssetKind::WithId(1), AssetKind::Native],
		"a toll in test dollars and one in the native token"
	);
	assert!(plan.portals.iter().any(|portal| !portal.members.is_empty()));
	for state in [State::Paused, State::Closing] {
		assert!(plan.portals.iter().any(|portal| portal.state == state));
	}
	for ending in [
		Ending::Admitted,
		Ending::Refused,
		Ending::NotOnList,
		Ending::Paused,
	] {
		assert!(plan.errands.iter().any(|errand| errand.ends == ending));
	}
}

#[test]
fn the_walk_goes_from_end_to_end_and_pays_twice() {
	let plan = street();
	let houses = plan.doors.iter().map(|door| door.plot.house);
	let upper: Vec<u16> = houses.filter(|house| house % 2 == 1).collect();
	let house = |startup: usize| {
		let door = plan.doors.iter().find(|door| door.startup == startup);
		door.map(|door| door.plot.house)
	};
	assert_eq!(house(plan.walk.from), upper.iter().copied().min());
	assert_eq!(house(plan.walk.to), upper.iter().copied().max());
	assert_eq!(plan.passes_of(&plan.walk.who).len(), 2);
	assert!(plan.walk.through.len() > 2);
}

#[test]
fn tolls_of_the_street_cannot_be_cut_without_a_rest() {
	for toll in street()
		.portals
		.into_iter()
		.filter_map(|portal| portal.toll)
	{
		let amount: u128 = toll
			.amount
			.replace('.', "")
			.parse()
			.expect("the plan was checked");
		let parts = [toll.split.source, toll.split.destination];
		assert!(parts
			.iter()
			.any(|part| !(amount * u128::from(part.deconstruct())).is_multiple_of(1_000_000)));
	}
}

#[test]
fn plots_are_checked() {
	let told = refusal("plot = 18", "plot = 65");
	assert!(told.contains("1 to 64") && told.contains("line "), "{told}");
	let told = refusal("plot = 18", "plot = 17");
	assert!(told.contains("already that of haetae-games"), "{told}");
	let told = refusal("plot = 18", "plot = 33");
	assert!(told.contains("street 3"), "{told}");
	let told = refusal("[[door]]\nstartup = \"tall-ships\"\nplot = 28\n", "");
	assert!(told.contains("tall-ships has none"), "{told}");
	let told = refusal(
		"[[door]]\nstartup = \"tall-ships\"",
		"[[door]]\nstartup = \"sumi-ink\"",
	);
	assert!(told.contains("two doors"), "{told}");
}

#[test]
fn links_are_checked() {
	let told = refusal("id = \"map-room\"", "id = \"arcade-passage\"");
	assert!(told.contains("another portal is called"), "{told}");
	let told = refusal("from = \"mirinae-maps\"", "from = \"norae-studio\"");
	assert!(told.contains("where it begins"), "{told}");
	let told = refusal("from = \"mirinae-maps\"", "from = \"nobody\"");
	assert!(told.contains("no startup has the slug"), "{told}");
	let long = format!("id = \"{}\"", "x".repeat(65));
	assert!(refusal("id = \"map-room\"", &long).contains("1 to 64 bytes"));
}

#[test]
fn tolls_are_checked() {
	let told = refusal("network = 20000", "network = 20001");
	assert!(told.contains("1000001 millionths"), "{told}");
	let told = refusal("amount = \"2.500001\"", "amount = \"0.000\"");
	assert!(told.contains("zero"), "{told}");
	let told = refusal("amount = \"2.500001\"", "amount = \"2,5\"");
	assert!(told.contains("no amount"), "{told}");
	let told = refusal("asset = \"1\"", "asset = \"TUSD\"");
	assert!(told.contains("neither"), "{told}");
}

#[test]
fn members_are_checked() {
	let told = refusal("members = [\"minji\"", "members = [\"nobody\"");
	assert!(told.contains("no visitor is called"), "{told}");
	let told = refusal(
		"members = [\"minji\", \"amara\"",
		"members = [\"minji\", \"minji\"",
	);
	assert!(told.contains("twice"), "{told}");
}

#[test]
fn errands_are_checked() {
	let told = refusal("who = \"bora\"", "who = \"minji\"");
	assert!(told.contains("another errand"), "{told}");
	let told = refusal("ends = \"not-on-list\"", "ends = \"admitted\"");
	assert!(told.contains("cannot end like this"), "{told}");
	let told = refusal("ends = \"paused\"", "ends = \"refused\"");
	assert!(told.contains("cannot end like this"), "{told}");
	let told = refusal("portal = \"door-gear-attic\"", "portal = \"nothing\"");
	assert!(told.contains("no door or link"), "{told}");
	assert!(refusal("ends = \"paused\"", "ends = \"well\"").contains("well"));
}

#[test]
fn walks_are_checked() {
	let told = refusal("\"toll-road\", \"toll-bridge\"]", "\"toll-bridge\"]");
	assert!(told.contains("does not lead on"), "{told}");
	let told = refusal(", \"toll-bridge\"]", "]");
	assert!(told.contains("do not lead to moon-terrace"), "{told}");
	let told = refusal("max_hops = 8", "max_hops = 4");
	assert!(told.contains("more than max_hops"), "{told}");
	let told = refusal("max_hops = 8", "max_hops = 17");
	assert!(told.contains("1 to 16"), "{told}");
	let told = refusal(
		"\"door-harbour-lights\", \"toll-road\"",
		"\"door-gear-attic\"",
	);
	assert!(told.contains("is paused"), "{told}");
	let told = refusal("who = \"sora\"", "who = \"jun\"");
	assert!(told.contains("another errand"), "{told}");
}

#[test]
fn fields_that_nobody_knows_are_refused() {
	let told = refusal("plot = 18", "plott = 18");
	assert!(told.contains("plott"), "{told}");
}
