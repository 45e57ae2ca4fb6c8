use super::*;

fn map(title: &str) -> Map {
	let owner = |name: &str| Owner {
		name: name.into(),
		address: format!("5{name}"),
	};
	Map {
		title: title.into(),
		size: Size::new(8, 4),
		owners: vec![owner("토스"), owner("Minji")],
		parcels: vec![
			Parcel {
				id: 0,
				area: Area::new(0, 0, 4, 2),
				owner: Some(0),
			},
			Parcel {
				id: 1,
				area: Area::new(5, 1, 2, 3),
				owner: Some(1),
			},
			Parcel {
				id: 2,
				area: Area::new(0, 3, 1, 1),
				owner: None,
			},
		],
	}
}

/// Names of the tags that are open at the end; fails at one that is closed in the wrong place.
fn open_tags(svg: &str) -> Vec<String> {
	let mut open = Vec::new();
	for tag in svg.split('<').skip(1) {
		let (tag, text) = tag.split_once('>').expect("a tag has an end");
		assert!(!text.contains('>'), "an unescaped > in {text:?}");
		let name = tag.split_whitespace().next().unwrap_or_default();
		if let Some(name) = name.strip_prefix('/') {
			assert_eq!(open.pop().as_deref(), Some(name));
		} else if !tag.ends_with('/') {
			open.push(name.to_string());
		}
		assert_eq!(
			tag.matches('"').count() % 2,
			0,
			"an odd number of quotes in <{tag}>"
		);
	}
	open
}

#[test]
fn text_of_a_small_territory() {
	let text = map("토스 (toss)").text(false);
	let expected = "\
토스 (toss)
+--------+
|AAAA....|
|AAAA.BB.|
|.....BB.|
|#....BB.|
+--------+
A 토스  1 parcel, 8 cells  5토스
B Minji  1 parcel, 6 cells  5Minji
. free  17 of 32 cells; one sign is 1x1 cells
";
	assert_eq!(text, expected);
}

#[test]
fn text_of_a_large_territory_is_scaled_down() {
	let mut map = map("wide");
	map.size = Size::new(256, 256);
	map.parcels = vec![
		Parcel {
			id: 0,
			area: Area::new(0, 0, 3, 6),
			owner: Some(0),
		},
		Parcel {
			id: 1,
			area: Area::new(3, 0, 1, 1),
			owner: Some(1),
		},
	];
	let text = map.text(false);
	assert!(text
		.lines()
		.filter(|line| line.starts_with(['|', '+']))
		.all(|line| line.len() <= 102));
	// One sign is 3x6 cells: the first one is full, in the second one there is but a cell.
	assert!(text.contains("|Ab."), "{text}");
}

#[test]
fn colours_are_only_there_when_they_are_wanted() {
	assert!(!map("plain").text(false).contains('\x1b'));
	assert!(map("bright").text(true).contains("\x1b[30;48;5;"));
}

#[test]
fn the_picture_is_well_formed() {
	let svg = map("<R&D> \"lab\" 토스").svg();
	assert_eq!(open_tags(&svg), Vec::<String>::new());
	assert!(
		svg.contains("&lt;R&amp;D&gt; &quot;lab&quot; 토스"),
		"{svg}"
	);
	assert!(!svg.replace("&amp;", "").contains("& "));
}

#[test]
fn the_picture_shows_every_parcel_and_every_owner() {
	let svg = map("토스").svg();
	for id in 0..3 {
		assert!(svg.contains(&format!("<title>parcel {id}: ")));
	}
	for owner in ["토스", "Minji"] {
		assert!(svg.contains(&format!("{owner} (1 parcel")));
		assert!(svg.contains(&format!("5{owner}")));
	}
}

#[test]
fn owners_have_colours_of_their_own() {
	let colours: std::collections::BTreeSet<String> = (0..30).map(fill).collect();
	assert_eq!(colours.len(), 30);
	assert_eq!(letter(25), 'Z');
	assert_eq!(letter(26), NO_LETTER);
}
