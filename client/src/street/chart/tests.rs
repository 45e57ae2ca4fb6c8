use super::*;
use madang_primitives::town::{self, plots_at};

/// Six houses at street 2 and a portal of every kind.
fn chart() -> Chart {
	let plots: Vec<Plot> = plots_at(2).collect();
	let houses: Vec<House> = plots[..6]
		.iter()
		.enumerate()
		.map(|(number, plot)| House {
			plot: *plot,
			parcel: (number > 0).then_some(36 + number as ParcelId),
			name: format!("World <{number}> & Co"),
			slug: format!("world-{number}"),
			metaverse: 3 + number as MetaverseId,
		})
		.collect();
	let line = |id: PortalId, source: End, destination: usize| Line {
		id,
		name: format!("name-{id}"),
		source,
		destination,
		one_way: false,
		toll: None,
		members: None,
		state: PortalState::Open,
	};
	let mut lines: Vec<Line> = (0..6)
		.map(|house| line(house as PortalId, End::Plot(house), house))
		.collect();
	lines[1].one_way = true;
	lines[2].members = Some(3);
	lines[3].state = PortalState::Paused;
	lines[5].state = PortalState::Closing;
	// Neighbours twice, over another one, across the street, and back below it.
	lines.push(line(6, End::World(0), 2));
	lines.push(line(7, End::World(2), 0));
	lines.push(line(8, End::World(0), 4));
	lines.push(line(9, End::World(2), 5));
	lines.push(line(10, End::World(5), 1));
	lines[6].toll = Some("2.5 TUSD".into());
	Chart {
		title: "A <street> & more".into(),
		subtitle: "street 2 of \"town\"".into(),
		town: "town".into(),
		roads: town::street_plan(),
		free: plots[6..].to_vec(),
		houses,
		lines,
		walker: "Sora".into(),
		walk: vec![
			(6, Way::There),
			(0, Way::Back),
			(4, Way::There),
			(8, Way::Back),
		],
	}
}

/// Fails unless every tag of a document is closed in order, every attribute is quoted, and nothing is
/// written that XML does not allow.
fn ensure_well_formed(xml: &str) {
	let mut open: Vec<String> = Vec::new();
	let mut rest = xml;
	while let Some(start) = rest.find('<') {
		ensure_text(&rest[..start]);
		let end = rest[start..].find('>').expect("every tag ends") + start;
		let tag = &rest[start + 1..end];
		rest = &rest[end + 1..];
		if let Some(name) = tag.strip_prefix('/') {
			assert_eq!(open.pop().as_deref(), Some(name), "closed in order");
			continue;
		}
		let inner = tag.strip_suffix('/').unwrap_or(tag);
		let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
		assert!(name.bytes().all(|byte| byte.is_ascii_alphabetic()), "{tag}");
		// Name, value, name, value, and nothing after the last quote.
		let parts: Vec<&str> = attributes.split('"').collect();
		assert_eq!(parts.len() % 2, 1, "quotes come in pairs: {tag}");
		for (index, part) in parts.iter().enumerate() {
			if index % 2 == 1 {
				ensure_text(part);
			} else if index + 1 < parts.len() {
				let name = part.trim().strip_suffix('=');
				assert!(name.is_some_and(|name| !name.is_empty()), "{tag}");
			} else {
				assert!(part.trim().is_empty(), "{tag}");
			}
		}
		if !tag.ends_with('/') {
			open.push(name.into());
		}
	}
	ensure_text(rest);
	assert!(open.is_empty(), "never closed: {open:?}");
}

/// A text has no bare signs of XML.
fn ensure_text(text: &str) {
	assert!(!text.contains(['<', '>']), "{text:?}");
	for (at, _) in text.match_indices('&') {
		let entity = text[at + 1..].split_once(';').map(|(name, _)| name);
		let known = ["amp", "lt", "gt", "quot", "apos"];
		assert!(entity.is_some_and(|name| known.contains(&name)), "{text:?}");
	}
}

fn count(text: &str, part: &str) -> usize {
	text.matches(part).count()
}

#[test]
fn the_picture_is_well_formed() {
	let svg = chart().svg();
	ensure_well_formed(&svg);
	assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
	assert!(!svg.contains("NaN") && !svg.contains("inf\""));
	assert!(svg.contains("World &lt;0&gt; &amp; Co"));
}

#[test]
fn what_is_not_well_formed_is_found() {
	for wrong in [
		"<a><b></a></b>",
		"<a>",
		"<a b=c/>",
		"<a b=\"c/>",
		"<a>&</a>",
		"<a>&x;</a>",
	] {
		assert!(
			std::panic::catch_unwind(|| ensure_well_formed(wrong)).is_err(),
			"{wrong}"
		);
	}
}

#[test]
fn every_portal_plot_and_world_is_drawn_once() {
	let chart = chart();
	let svg = chart.svg();
	for line in &chart.lines {
		assert_eq!(count(&svg, &format!("id=\"portal-{}\"", line.id)), 1);
		assert_eq!(
			count(&svg, &format!("<title>{}", escape(&chart.words(line)))),
			1
		);
	}
	assert_eq!(count(&svg, "id=\"portal-"), chart.lines.len());
	assert_eq!(count(&svg, "class=\"world\""), chart.houses.len());
	assert_eq!(count(&svg, "class=\"plot\""), chart.houses.len());
}

#[test]
fn arrow_heads_show_the_direction() {
	let chart = chart();
	let svg = chart.svg();
	let heads = |id: PortalId| {
		let (_, rest) = svg
			.split_once(&format!("<g id=\"portal-{id}\">"))
			.expect("it is drawn");
		let (group, _) = rest.split_once("</g>").expect("groups end");
		count(group, "<polygon ")
	};
	for line in &chart.lines {
		assert_eq!(heads(line.id), if line.one_way { 1 } else { 2 });
	}
}

#[test]
fn states_and_tolls_are_told() {
	let svg = chart().svg();
	for part in [">paused<", ">closing<", ">3 members<", "#6, 2.5 TUSD"] {
		assert!(svg.contains(part), "{part}");
	}
	// One crossed portal, and one in the legend.
	assert_eq!(count(&svg, "stroke-width=\"4\""), 2);
}

#[test]
fn the_walk_is_drawn_through_portals_and_along_the_street() {
	let chart = chart();
	let svg = chart.svg();
	assert_eq!(count(&svg, "class=\"walked\""), chart.walk.len() + 1);
	assert_eq!(count(&svg, "<circle "), chart.walk.len());
}

#[test]
fn links_do_not_lie_on_each_other() {
	let chart = chart();
	let courses = chart.courses(&chart.frame());
	for (index, course) in courses.iter().enumerate() {
		for other in &courses[..index] {
			let (a, b) = (course.middle(), other.middle());
			assert!((a.x - b.x).hypot(a.y - b.y) > 10.0, "{course:?} {other:?}");
		}
	}
}

#[test]
fn everything_lies_in_the_picture() {
	let chart = chart();
	let frame = chart.frame();
	for Course { from, bend, to } in chart.courses(&frame) {
		for Point { x, y } in [from, bend, to] {
			assert!((0.0..=WIDTH).contains(&x), "{x}");
			assert!(
				y > 0.0 && y < frame.bottom() + DOOR + WORLD + 2.0 * LINKS,
				"{y}"
			);
		}
	}
}

#[test]
fn the_text_names_everything() {
	let chart = chart();
	let text = chart.text();
	for line in &chart.lines {
		assert_eq!(count(&text, &format!("portal {}, ", line.id)), 1);
	}
	assert!(text.contains("portal 1, name-1: town -> world-1, free, open"));
	assert!(text.contains("portal 3, name-3: town <-> world-3, free, paused"));
	assert!(
		text.contains("2. world-0 -> town through name-0, free"),
		"{text}"
	);
}

#[test]
fn a_street_of_nothing_is_still_a_picture() {
	let chart = Chart {
		houses: Vec::new(),
		lines: Vec::new(),
		walk: Vec::new(),
		..chart()
	};
	ensure_well_formed(&chart.svg());
	assert!(!chart.svg().contains("NaN"));
}
